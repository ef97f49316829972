import { newId } from '@/lib/id'
import type { TimeLike } from '@/lib/time'
import { addDays, dayKey, parseTime, toLocalInput } from '@/lib/time'
import type { Activity, ActivityDraft, RoleDraft, RoleRow, ShiftDraft, ShiftRole } from './types'

export const MAX_SHIFTS = 60
const MINUTE = 60_000
const DAY = 86_400_000

/** What is wrong with a field: a locale key under `activities.problem`, and its parameters. */
export interface Problem {
  key: string
  params?: Record<string, number>
}

export type Problems = Record<string, Problem>

/** Start and end of a typed shift, or null while something is missing. */
export function shiftTimes(shift: ShiftDraft): { startsAt: Date; endsAt: Date } | null {
  if (!shift.day || !shift.start || !shift.end) return null
  try {
    const startsAt = parseTime(`${shift.day}T${shift.start}`)
    const endDay = shift.end > shift.start ? shift.day : addDays(shift.day, 1)
    return { startsAt, endsAt: parseTime(`${endDay}T${shift.end}`) }
  } catch {
    return null
  }
}

const length = (text: string) => [...text.trim()].length

function tooLong(text: string, max: number): Problem | undefined {
  return length(text) > max ? { key: 'too_long', params: { max } } : undefined
}

/**
 * What stands against saving a draft, and with `forReview` against handing it in; by field,
 * those of a shift as `<shift id>.time` and `<shift id>.places`. The limits are those of the database.
 */
export function activityProblems(draft: ActivityDraft, now: TimeLike, forReview: boolean): Problems {
  const found: Record<string, Problem | undefined> = {
    corpsId: draft.corpsId ? undefined : { key: 'corps_missing' },
    title: length(draft.title) === 0 ? { key: 'title_missing' } : tooLong(draft.title, 40),
    category: draft.category ? undefined : { key: 'category_missing' },
    summary: tooLong(draft.summary, 1000),
    meetingPoint: tooLong(draft.meetingPoint, 100),
    riskNote: tooLong(draft.riskNote, 500),
    insuranceRef: tooLong(draft.insuranceRef, 60),
    minAge: draft.minAge !== null && draft.minAge >= 14 && draft.minAge <= 80 ? undefined : { key: 'min_age' },
    shifts: draft.shifts.length === 0 ? { key: 'shift_missing' } : undefined,
  }
  if (draft.shifts.length > MAX_SHIFTS) found['shifts'] = { key: 'too_many_shifts', params: { max: MAX_SHIFTS } }
  if (draft.isProfessional && !draft.qualification) found['qualification'] = { key: 'qualification_missing' }
  if (forReview) {
    if (length(draft.riskNote) === 0) found['riskNote'] = { key: 'risk_missing' }
    if (draft.isHazardous && length(draft.insuranceRef) === 0) found['insuranceRef'] = { key: 'insurance_missing' }
  }
  for (const shift of draft.shifts) {
    found[`${shift.id}.time`] = timeProblem(shift, now)
    found[`${shift.id}.places`] = placesProblem(shift)
  }
  return Object.fromEntries(Object.entries(found).filter((e): e is [string, Problem] => e[1] !== undefined))
}

function timeProblem(shift: ShiftDraft, now: TimeLike): Problem | undefined {
  const times = shiftTimes(shift)
  if (!times) return { key: 'time_missing' }
  const today = parseTime(now).getTime()
  if (times.startsAt.getTime() <= today) return { key: 'time_past' }
  if (times.startsAt.getTime() > today + 400 * 86_400_000) return { key: 'time_far' }
  const minutes = (times.endsAt.getTime() - times.startsAt.getTime()) / MINUTE
  return minutes < 15 || minutes > 720 ? { key: 'time_length' } : undefined
}

function placesProblem(shift: ShiftDraft): Problem | undefined {
  const wanted = shift.roles.filter((r) => r.capacity)
  if (wanted.length === 0) return { key: 'places_missing' }
  if (wanted.some((r) => r.capacity! < 1 || r.capacity! > 500)) return { key: 'places_range' }
  const ages = wanted.some(
    (r) =>
      !(
        [r.minAge ?? 14, r.maxAge ?? 99].every((age) => age >= 14 && age <= 99) && (r.minAge ?? 14) <= (r.maxAge ?? 99)
      ),
  )
  if (ages) return { key: 'role_ages' }
  return shift.opensDays !== null && !(shift.opensDays >= 1 && shift.opensDays <= 60)
    ? { key: 'opens_days' }
    : undefined
}

export function newRole(name: ShiftRole, capacity: number): RoleDraft {
  return { id: newId(), name, capacity, qualification: '', minAge: null, maxAge: null }
}

export function roleDraftOf(role: RoleRow, id: string): RoleDraft {
  return {
    id,
    name: role.name,
    capacity: role.capacity,
    qualification: role.qualification_kind ?? '',
    minAge: role.min_age ?? null,
    maxAge: role.max_age ?? null,
  }
}

/** Roles as typed, as the database keeps them; those of no place are left out, and what nobody asks for. */
export function roleRows(roles: readonly RoleDraft[]): RoleRow[] {
  return roles.flatMap((r) =>
    r.capacity
      ? [
          {
            name: r.name,
            capacity: r.capacity,
            ...(r.qualification && { qualification_kind: r.qualification }),
            ...(r.minAge && { min_age: r.minAge }),
            ...(r.maxAge && { max_age: r.maxAge }),
          },
        ]
      : [],
  )
}

/** A first shift, or one more: the same hours and places, on a later day. */
export function newShift(today: string, like?: ShiftDraft, daysLater = 7): ShiftDraft {
  return {
    id: newId(),
    day: like?.day ? addDays(like.day, daysLater) : addDays(today, 7),
    start: like?.start ?? '09:00',
    end: like?.end ?? '11:00',
    opensDays: like?.opensDays ?? null,
    roles: (like?.roles ?? [newRole('helper', 10)]).map((r) => ({ ...r, id: newId() })),
  }
}

/** The same shift in each of the following weeks, as shifts of their own; days already there are left out. */
export function repeatWeekly(shifts: readonly ShiftDraft[], shift: ShiftDraft, weeks: number): ShiftDraft[] {
  const taken = new Set(shifts.map((s) => `${s.day} ${s.start}`))
  const copies = Array.from({ length: weeks }, (_, i) => newShift(shift.day, shift, (i + 1) * 7))
  return copies.filter((c) => !taken.has(`${c.day} ${c.start}`))
}

export function emptyDraft(corpsId: string, today: string): ActivityDraft {
  return {
    id: newId(),
    corpsId,
    title: '',
    summary: '',
    category: '',
    placeId: '',
    meetingPoint: '',
    riskNote: '',
    isHazardous: false,
    insuranceRef: '',
    isProfessional: false,
    qualification: '',
    minAge: 14,
    shifts: [newShift(today)],
  }
}

/** A saved activity back into the form. */
export function draftOf(activity: Activity): ActivityDraft {
  return {
    id: activity.id,
    corpsId: activity.corps.id,
    title: activity.title,
    summary: activity.summary,
    category: activity.category,
    placeId: activity.place?.id ?? '',
    meetingPoint: activity.meetingPoint,
    riskNote: activity.riskNote,
    isHazardous: activity.isHazardous,
    insuranceRef: activity.insuranceRef,
    isProfessional: activity.qualification !== null,
    qualification: activity.qualification ?? '',
    minAge: activity.minAge,
    shifts: activity.shifts.map((s) => ({
      id: s.id,
      day: dayKey(s.startsAt),
      start: toLocalInput(s.startsAt).slice(11),
      end: toLocalInput(s.endsAt).slice(11),
      opensDays: s.opensAt && Math.max(1, Math.round((s.startsAt.getTime() - s.opensAt.getTime()) / DAY)),
      roles: s.roles.map((r) => roleDraftOf(r, r.id)),
    })),
  }
}

/** The form as `save_activity` takes it. */
export function payloadOf(draft: ActivityDraft): Record<string, unknown> {
  return {
    corps_id: draft.corpsId,
    title: draft.title.trim(),
    summary: draft.summary.trim() || null,
    risk_note: draft.riskNote.trim() || null,
    category: draft.category,
    place_id: draft.placeId || null,
    meeting_point: draft.meetingPoint.trim() || null,
    is_hazardous: draft.isHazardous,
    insurance_ref: draft.isHazardous ? draft.insuranceRef.trim() || null : null,
    qualification_kind: draft.isProfessional ? draft.qualification || null : null,
    min_age: draft.minAge ?? 14,
    shifts: draft.shifts.map((shift) => {
      const times = shiftTimes(shift)
      return {
        id: shift.id,
        starts_at: times?.startsAt.toISOString() ?? null,
        ends_at: times?.endsAt.toISOString() ?? null,
        opens_at:
          times && shift.opensDays ? new Date(times.startsAt.getTime() - shift.opensDays * DAY).toISOString() : null,
        roles: roleRows(shift.roles).map((r) => ({ ...r, id: shift.roles.find((x) => x.name === r.name)!.id })),
      }
    }),
  }
}

/** The next shift that is not over, or the last one. */
export function nextShift(activity: Activity, now: TimeLike) {
  const at = parseTime(now).getTime()
  return activity.shifts.find((s) => s.endsAt.getTime() > at) ?? activity.shifts.at(-1) ?? null
}

export function placesOf(shift: Activity['shifts'][number]): { capacity: number; taken: number } {
  return {
    capacity: shift.roles.reduce((n, r) => n + r.capacity, 0),
    taken: shift.roles.reduce((n, r) => n + r.taken, 0),
  }
}

/** What the office must not publish: the guards of `publish_activity`, seen before it is pressed. */
export function publishProblems(activity: Activity, now: TimeLike): string[] {
  const at = parseTime(now).getTime()
  return [
    ...(activity.riskNote ? [] : ['risk_missing']),
    ...(activity.isHazardous && !activity.insuranceRef ? ['insurance_missing'] : []),
    ...(activity.shifts.some((s) => !s.isCancelled && s.startsAt.getTime() > at) ? [] : ['all_past']),
  ]
}

/** `2026-11` and 1 → `2026-12`. */
export function shiftMonth(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Whether every shift has ended: then a published activity belongs to what is over. */
export function isOver(activity: Activity, now: TimeLike): boolean {
  const at = parseTime(now).getTime()
  return activity.shifts.every((s) => s.isCancelled || s.endsAt.getTime() <= at)
}

/** By the shift that comes next, the nearest first. */
export function byNextShift(activities: readonly Activity[], now: TimeLike): Activity[] {
  const at = (a: Activity) => nextShift(a, now)?.startsAt.getTime() ?? Number.MAX_SAFE_INTEGER
  return [...activities].sort((a, b) => at(a) - at(b))
}
