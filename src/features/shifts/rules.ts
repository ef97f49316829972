import type { CorpsColor } from '@/lib/corps'
import { addDays, dayKey } from '@/lib/time'
import type {
  AttendanceStatus,
  MySignup,
  Reason,
  RolePlaces,
  Shift,
  ShiftDetail,
  ShiftPlaces,
  SignupStatus,
  Strike,
} from './schema'

/** A locale key with its parameters: rules speak no language. */
export interface Phrase {
  key: string
  params?: Record<string, string | number>
}

/** Cancelling a confirmed place later than this before the start counts as late. */
export const LATE_CANCEL_MS = 12 * 3_600_000

/** Days the strip above the list shows. */
export const STRIP_DAYS = 14

/** Places somebody who comes now would get at once: those who wait are served first. */
export function freePlaces(places: Pick<ShiftPlaces, 'capacity' | 'taken' | 'waiting'>): number {
  return Math.max(0, places.capacity - places.taken - places.waiting)
}

/** 「还差 2 人」 · 「名额满了,可以候补」 · 「名额满了,可以候补(前面 3 人)」 */
export function placesPhrase(places: Pick<ShiftPlaces, 'capacity' | 'taken' | 'waiting'>): Phrase {
  const free = freePlaces(places)
  if (free > 0) return { key: 'shifts.places.needed', params: { n: free } }
  if (places.waiting > 0) return { key: 'shifts.places.waiting', params: { n: places.waiting } }
  return { key: 'shifts.places.full' }
}

/** What a person can do with a shift. `register` = only the one-tap registration is missing. */
export type Eligibility =
  | { kind: 'mine'; status: SignupStatus }
  | { kind: 'open' }
  | { kind: 'register' }
  | { kind: 'full' }
  | { kind: 'clash'; title: string; startsAt: Date }
  | { kind: 'not_eligible'; slug: string }

export function eligibility(shift: Pick<Shift, 'mine' | 'whyNot' | 'clash' | 'places'>): Eligibility {
  // Whoever was excused and can come after all signs up like everybody else.
  if (shift.mine && shift.mine.status !== 'excused') return { kind: 'mine', status: shift.mine.status }
  if (shift.whyNot && shift.whyNot !== 'not_a_volunteer') {
    return { kind: 'not_eligible', slug: shift.whyNot }
  }
  if (shift.clash) return { kind: 'clash', ...shift.clash }
  if (freePlaces(shift.places) === 0) return { kind: 'full' }
  return { kind: shift.whyNot === 'not_a_volunteer' ? 'register' : 'open' }
}

/** 「我能参加的」: eligible, not full (or somebody hands a place on), not clashing; what one has claimed stays visible. */
export function canJoin(shift: Pick<Shift, 'mine' | 'whyNot' | 'clash' | 'places' | 'hasOpenCall'>): boolean {
  const { kind } = eligibility(shift)
  return ['mine', 'open', 'register'].includes(kind) || (kind === 'full' && shift.hasOpenCall)
}

/** Every reason there are words for. */
const REASONS = [
  'person_unknown',
  'volunteer_paused',
  'paused_by_strikes',
  'frozen_by_false_record',
  'birth_missing',
  'too_young',
  'too_old',
  'guardian_required',
  'qualification_missing',
  'signup_not_open_yet',
  'newcomers_first',
  'too_many_in_a_row',
  'not_a_volunteer',
]
export const reasonKey = (slug: string) => (REASONS.includes(slug) ? slug : 'other')

/** Reasons that hold for every role say it once; those of single roles stay with their role. */
export function sharedReasons(eligibility: readonly { reasons: Reason[] }[]): Reason[] {
  const [first, ...others] = eligibility
  if (!first) return []
  const same = (a: Reason) => (b: Reason) => JSON.stringify(a) === JSON.stringify(b)
  return first.reasons.filter((reason) => others.every(({ reasons }) => reasons.some(same(reason))))
}

/** What a role asks for beyond the shift itself: 「电工 · 18 至 60 岁」. */
export function rolePhrases(role: Pick<RolePlaces, 'qualificationKind' | 'minAge' | 'maxAge'>): Phrase[] {
  const { minAge: min, maxAge: max } = role
  const age: Phrase | null =
    min && max
      ? { key: 'shifts.role_age.between', params: { min, max } }
      : min
        ? { key: 'shifts.role_age.from', params: { min } }
        : max
          ? { key: 'shifts.role_age.to', params: { max } }
          : null
  return [
    ...(role.qualificationKind ? [{ key: `shifts.qualification.${role.qualificationKind}` }] : []),
    ...(age ? [age] : []),
  ]
}

/** Why a shift is not among 「我能参加的」, in words; null when it is. */
export function reasonPhrase(
  shift: Pick<Shift, 'mine' | 'whyNot' | 'clash' | 'places' | 'qualificationKind'>,
): Phrase | null {
  const can = eligibility(shift)
  if (can.kind === 'clash') return { key: 'shifts.why_not.clash', params: { title: can.title } }
  if (can.kind !== 'not_eligible') return null
  return { key: `shifts.why_not.${reasonKey(can.slug)}` }
}

export interface ShiftFilters {
  /** `YYYY-MM-DD`, or null for every day. */
  day: string | null
  colors: CorpsColor[]
  placeId: string | null
  /** false = only 「我能参加的」. */
  all: boolean
}

export const NO_FILTERS: ShiftFilters = { day: null, colors: [], placeId: null, all: false }

export function filterShifts(shifts: readonly Shift[], filters: ShiftFilters, now: number): Shift[] {
  return shifts.filter(
    (shift) =>
      shift.startsAt.getTime() > now &&
      (filters.all || canJoin(shift)) &&
      (!filters.day || dayKey(shift.startsAt) === filters.day) &&
      (filters.colors.length === 0 || filters.colors.includes(shift.corpsColor)) &&
      (!filters.placeId || shift.placeId === filters.placeId),
  )
}

export interface ShiftDay {
  day: string
  shifts: Shift[]
}

/** By Shanghai day; within a day the near ones first, then by time. */
export function groupByDay(shifts: readonly Shift[]): ShiftDay[] {
  const days = new Map<string, Shift[]>()
  for (const shift of shifts) {
    const day = dayKey(shift.startsAt)
    days.set(day, [...(days.get(day) ?? []), shift])
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, list]) => ({
      day,
      shifts: list.sort(
        (a, b) =>
          Number(b.isNear) - Number(a.isNear) ||
          a.startsAt.getTime() - b.startsAt.getTime() ||
          a.title.localeCompare(b.title),
      ),
    }))
}

/** The days of the strip with how many shifts each would show. */
export function stripDays(
  shifts: readonly Shift[],
  filters: ShiftFilters,
  now: number,
): { day: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const shift of filterShifts(shifts, { ...filters, day: null }, now)) {
    const day = dayKey(shift.startsAt)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  const today = dayKey(now)
  return Array.from({ length: STRIP_DAYS }, (_, i) => addDays(today, i)).map((day) => ({
    day,
    count: counts.get(day) ?? 0,
  }))
}

/** Places that occur, by name. */
export function placesOf(shifts: readonly Shift[]): { id: string; name: string }[] {
  const places = new Map<string, string>()
  for (const s of shifts) if (s.placeId && s.placeName) places.set(s.placeId, s.placeName)
  return [...places].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'zh'))
}

/** True when giving the place back now would count as late. */
export function isLateCancel(signup: { status: SignupStatus; startsAt: Date }, now: number): boolean {
  return signup.status === 'confirmed' && signup.startsAt.getTime() - now < LATE_CANCEL_MS
}

/** One word for where a sign-up stands; also names the locale key under `shifts.state`. */
export type SignupState =
  | 'upcoming'
  | 'waiting'
  | 'offered'
  | 'lapsed'
  | 'checked_in'
  | 'checked_out'
  | 'credited'
  | 'not_checked_in'
  | 'rejected'
  | 'cancelled'
  | 'late_cancelled'
  | 'excused'
  | 'no_show'
  | 'reversed'

export function signupState(
  signup: { status: SignupStatus; offerExpiresAt: Date | null; endsAt: Date },
  attendance: AttendanceStatus | null,
  now: number,
): SignupState {
  if (attendance === 'reversed') return 'reversed'
  if (attendance === 'credited' || signup.status === 'attended') return 'credited'
  if (attendance === 'checked_out' || attendance === 'confirmed') return 'checked_out'
  if (attendance === 'checked_in') return 'checked_in'
  switch (signup.status) {
    case 'confirmed':
    case 'applied':
      return signup.endsAt.getTime() > now ? 'upcoming' : 'not_checked_in'
    case 'waitlisted':
      return signup.endsAt.getTime() > now ? 'waiting' : 'lapsed'
    case 'offered':
      return signup.offerExpiresAt && signup.offerExpiresAt.getTime() > now ? 'offered' : 'lapsed'
    default:
      return signup.status
  }
}

/** Days within which somebody marked as not come may object. */
export const APPEAL_DAYS = 7

/** Until when a strike may be appealed; null when it may not (any more). */
export function appealUntil(strike: Pick<Strike, 'status' | 'at'>, now: number): Date | null {
  const until = new Date(strike.at.getTime() + APPEAL_DAYS * 86_400_000)
  return strike.status === 'active' && until.getTime() >= now ? until : null
}

export interface MyShiftSections {
  offers: MySignup[]
  upcoming: MySignup[]
  waiting: MySignup[]
  past: MySignup[]
}

/** The sections of 「我的班次」: what to answer first, what comes next, what was. */
export function splitSignups(signups: readonly MySignup[], now: number): MyShiftSections {
  const sections: MyShiftSections = { offers: [], upcoming: [], waiting: [], past: [] }
  for (const signup of signups) {
    const state = signupState(signup, signup.attendanceStatus, now)
    if (state === 'offered') sections.offers.push(signup)
    else if (state === 'upcoming' || state === 'checked_in') sections.upcoming.push(signup)
    else if (state === 'waiting') sections.waiting.push(signup)
    else sections.past.push(signup)
  }
  const soonFirst = (a: MySignup, b: MySignup) => a.startsAt.getTime() - b.startsAt.getTime()
  sections.offers.sort((a, b) => a.offerExpiresAt!.getTime() - b.offerExpiresAt!.getTime())
  sections.upcoming.sort(soonFirst)
  sections.waiting.sort(soonFirst)
  sections.past.sort((a, b) => -soonFirst(a, b))
  return sections
}

/** 「还有 3 小时 20 分」: calm, in minutes, never counting seconds at somebody. */
export function timeLeftPhrase(until: Date, now: number): Phrase {
  const minutes = Math.floor((until.getTime() - now) / 60_000)
  if (minutes < 1) return { key: 'shifts.time_left.moment' }
  if (minutes < 60) return { key: 'shifts.time_left.minutes', params: { minutes } }
  return {
    key: 'shifts.time_left.hours',
    params: { hours: Math.floor(minutes / 60), minutes: minutes % 60 },
  }
}

/** What the screen of one shift offers to do. */
export type ShiftAction =
  | { kind: 'pending' }
  | { kind: 'manage'; state: SignupState; canCancel: boolean }
  | { kind: 'closed'; reason: 'cancelled' | 'started' | 'ended' | 'not_open' }
  | { kind: 'blocked' }
  | { kind: 'claim'; waitlist: boolean; register: boolean }

/**
 * @param claimPending a claim of this shift waits in the outbox
 */
export function shiftAction(detail: ShiftDetail, claimPending: boolean, now: number): ShiftAction {
  const mine = detail.mine?.status === 'excused' && detail.startsAt.getTime() > now ? null : detail.mine
  if (claimPending && !mine) return { kind: 'pending' }
  if (mine) {
    const state = signupState({ ...mine, endsAt: detail.endsAt }, mine.attendance?.status ?? null, now)
    const canCancel =
      detail.startsAt.getTime() > now &&
      !mine.attendance &&
      ['confirmed', 'applied', 'waitlisted', 'offered', 'lapsed'].includes(mine.status)
    return { kind: 'manage', state, canCancel }
  }
  if (detail.status === 'cancelled' || detail.activityStatus === 'cancelled') {
    return { kind: 'closed', reason: 'cancelled' }
  }
  if (detail.endsAt.getTime() <= now) return { kind: 'closed', reason: 'ended' }
  if (detail.startsAt.getTime() <= now) return { kind: 'closed', reason: 'started' }
  if (detail.activityStatus !== 'published') return { kind: 'closed', reason: 'not_open' }
  if (reasonPhrase(detail)) return { kind: 'blocked' }
  return {
    kind: 'claim',
    waitlist: freePlaces(detail.places) === 0,
    register: detail.whyNot === 'not_a_volunteer',
  }
}

/** Checked in, over, and never checked out: when they left is asked, never assumed. */
export function asksWhenLeft(signup: Pick<MySignup, 'attendanceStatus' | 'endsAt'>, now: number): boolean {
  return signup.attendanceStatus === 'checked_in' && now >= signup.endsAt.getTime()
}

/** Before the start, while nobody has checked in, one may ask to be excused. */
export function mayExcuse(signup: Pick<MySignup, 'status' | 'attendanceStatus' | 'startsAt'>, now: number): boolean {
  return signup.status === 'confirmed' && signup.attendanceStatus === null && now < signup.startsAt.getTime()
}
