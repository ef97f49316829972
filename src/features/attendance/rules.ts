import type { OutboxEntry } from '@/lib/outbox'
import { dayKey } from '@/lib/time'
import type { ConfirmAnswer, LeaderShift, RosterMember } from './schema'

export type ScanMode = 'in' | 'out'

/** The same code seen again within this time is the same person still standing there. */
export const REPEAT_MS = 5000

/** A leader excuses from 12 hours before the start until 7 days after the end. */
const EXCUSE_OPENS_MS = 12 * 3_600_000
const EXCUSE_CLOSES_MS = 7 * 86_400_000

/** People come in the first half of a shift and go in the second. */
export function autoMode(shift: { startsAt: Date; endsAt: Date }, now: number): ScanMode {
  const middle = (shift.startsAt.getTime() + shift.endsAt.getTime()) / 2
  return now < middle ? 'in' : 'out'
}

/** Remembers what was just seen, so that a camera held on one code counts it once. */
export function createRepeatFilter(repeatMs = REPEAT_MS) {
  const seen = new Map<string, number>()
  return {
    /** True when it is new; seeing it again prolongs the silence. */
    isNew(key: string, now: number): boolean {
      for (const [old, at] of seen) if (now - at > repeatMs) seen.delete(old)
      const isNew = !seen.has(key)
      seen.set(key, now)
      return isNew
    },
    /** True while it was seen just now; asking counts as seeing. */
    isRepeat(key: string, now: number): boolean {
      const at = seen.get(key)
      if (at === undefined || now - at > repeatMs) return false
      seen.set(key, now)
      return true
    },
    /** What was refused may be tried again at once. */
    forget: (key: string) => void seen.delete(key),
  }
}

/** Where a member of the list stands; also names the locale key under `attendance.member`. */
export type MemberState =
  | 'expected'
  | 'waiting'
  | 'checked_in'
  | 'checked_out'
  | 'credited'
  | 'reversed'
  | 'excused'
  | 'no_show'

export function memberState(member: Pick<RosterMember, 'status' | 'attendanceStatus'>): MemberState {
  if (member.attendanceStatus === 'reversed') return 'reversed'
  if (member.attendanceStatus === 'credited' || member.status === 'attended') return 'credited'
  if (member.attendanceStatus === 'checked_in') return 'checked_in'
  if (member.attendanceStatus) return 'checked_out'
  switch (member.status) {
    case 'excused':
    case 'no_show':
      return member.status
    case 'confirmed':
      return 'expected'
    default:
      return 'waiting'
  }
}

/** Those who hold a place, and those who wait for one (never scanned, still good to know). */
export function splitRoster(members: readonly RosterMember[]) {
  const order: MemberState[] = ['expected', 'checked_in', 'checked_out', 'credited', 'reversed', 'excused', 'no_show']
  const placed = members.filter((m) => memberState(m) !== 'waiting')
  return {
    placed: [...placed].sort((a, b) => order.indexOf(memberState(a)) - order.indexOf(memberState(b))),
    waiting: members.filter((m) => ['waitlisted', 'offered', 'applied'].includes(m.status)),
  }
}

/** 「已签到 12/20」: everybody who came, of everybody who holds a place. */
export function presence(members: readonly RosterMember[]) {
  const { placed } = splitRoster(members)
  const counted = placed.filter((m) => memberState(m) !== 'excused')
  const came = placed.filter((m) => ['checked_in', 'checked_out', 'credited', 'reversed'].includes(memberState(m)))
  return {
    expected: counted.length,
    came: came.length,
    inside: came.filter((m) => memberState(m) === 'checked_in').length,
    toConfirm: came.filter((m) => memberState(m) === 'checked_out').length,
    credited: came.filter((m) => memberState(m) === 'credited').length,
  }
}

/** What a leader can say about somebody who did not come; both only with the server at hand. */
export function absenceActs(
  member: Pick<RosterMember, 'status' | 'attendanceStatus' | 'isMe'>,
  shift: { startsAt: Date; endsAt: Date },
  now: number,
): { excuse: boolean; noShow: boolean } {
  const state = memberState(member)
  const open = now >= shift.startsAt.getTime() - EXCUSE_OPENS_MS && now <= shift.endsAt.getTime() + EXCUSE_CLOSES_MS
  return {
    excuse: !member.isMe && open && (state === 'expected' || state === 'no_show'),
    noShow: !member.isMe && state === 'expected' && now >= shift.endsAt.getTime(),
  }
}

/** What may be taken back of a member: the last step, the times, or the hours. Never one's own. */
export type Correction = 'undo' | 'redo' | 'reverse'
export function corrections(
  member: Pick<RosterMember, 'status' | 'attendanceStatus' | 'isMe' | 'recordId'>,
): Correction[] {
  if (member.isMe) return []
  switch (memberState(member)) {
    case 'checked_in':
    case 'excused':
    case 'no_show':
      return ['undo']
    case 'checked_out':
    case 'reversed':
      return ['redo', 'undo']
    case 'credited':
      return member.recordId ? ['reverse'] : []
    default:
      return []
  }
}

/** After the end nobody is checked out by hand: when they left is asked. */
export function asksWhenLeft(
  member: Pick<RosterMember, 'status' | 'attendanceStatus' | 'isMe'>,
  shift: { endsAt: Date },
  now: number,
): boolean {
  return !member.isMe && memberState(member) === 'checked_in' && now >= shift.endsAt.getTime()
}

/** The scan commands that wait in the outbox for this member. */
export function pendingFor(
  member: Pick<RosterMember, 'signupId' | 'personId'>,
  shiftId: string,
  pending: readonly OutboxEntry[],
): ScanMode | null {
  const last = pending.findLast(
    (entry) =>
      (entry.command === 'check_in' || entry.command === 'check_out') &&
      entry.args['p_shift_id'] === shiftId &&
      (entry.args['p_signup_id'] === member.signupId ||
        String(entry.args['p_code'] ?? '').startsWith(`SLM1:${member.personId}:`)),
  )
  return last ? (last.command === 'check_in' ? 'in' : 'out') : null
}

/** Why a scan need not be sent: the list already says so. Null = send it. */
export function alreadyDone(
  member: Pick<RosterMember, 'status' | 'attendanceStatus'> | undefined,
  mode: ScanMode,
  waiting: ScanMode | null,
): 'already_in' | 'already_out' | 'credited' | null {
  if (!member) return null
  const state = memberState(member)
  if (state === 'credited' || state === 'reversed') return 'credited'
  if (mode === 'in' && (state === 'checked_in' || waiting === 'in')) return 'already_in'
  if (state === 'checked_out' || (mode === 'out' && waiting === 'out')) return 'already_out'
  return null
}

/** Days on which the leader has shifts, around today; today is always there. */
export function leaderDays(shifts: readonly LeaderShift[], today: string) {
  const counts = new Map<string, number>([[today, 0]])
  for (const shift of shifts) {
    const day = dayKey(shift.startsAt)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return [...counts].map(([day, count]) => ({ day, count })).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Over, and somebody still has to be checked out or confirmed to get their hours. */
export function needsConfirming(shift: Pick<LeaderShift, 'endsAt' | 'attendance'>, now: number): boolean {
  const { checkedIn, checkedOut } = shift.attendance
  return shift.endsAt.getTime() < now && checkedIn + checkedOut > 0
}

export interface ConfirmSummary {
  people: number
  minutes: number
  /** null when points are switched off. */
  points: number | null
  skipped: { name: string; reason: string }[]
}

const SKIP_REASONS = ['not_checked_out', 'own_attendance', 'no_minutes', 'records_overlap', 'day_is_full']

/** What 「全部确认」 did, with names for those it passed over. */
export function summarize(answer: ConfirmAnswer, members: readonly RosterMember[]): ConfirmSummary {
  const name = (signupId: string) => members.find((m) => m.signupId === signupId)?.name ?? ''
  const points = answer.credited.map((c) => c.points).filter((p) => p !== null)
  return {
    people: answer.credited.length,
    minutes: answer.credited.reduce((sum, c) => sum + c.minutes, 0),
    points: points.length ? points.reduce((sum, p) => sum + p, 0) : null,
    skipped: answer.skipped.map((s) => ({
      name: name(s.signupId),
      reason: SKIP_REASONS.includes(s.reason) ? s.reason : 'other',
    })),
  }
}
