import type { ActivityDraft, Problems } from '@/features/activities'
import { activityProblems, emptyDraft, payloadOf, roleRows } from '@/features/activities'
import type { TimeLike } from '@/lib/time'
import { addDays } from '@/lib/time'
import { isoWeekday, minutesBetween } from './rules'
import type { Recurrence } from './types'

/** A series as it is typed: an activity with one shift (its first day, its hours, its places), and how it comes again. */
export interface SeriesDraft {
  activity: ActivityDraft
  frequency: Recurrence['frequency']
  every: number | null
  weekdays: number[]
  monthDay: number | null
  untilOn: string
}

export function emptySeries(corpsId: string, today: string): SeriesDraft {
  const activity = emptyDraft(corpsId, today)
  const first = activity.shifts[0]!.day
  return {
    activity,
    frequency: 'weekly',
    every: 1,
    weekdays: [isoWeekday(first)],
    monthDay: Number(first.slice(8)),
    untilOn: addDays(first, 84),
  }
}

export function recurrenceOf(draft: SeriesDraft): Recurrence {
  const shift = draft.activity.shifts[0]!
  return {
    frequency: draft.frequency,
    every: draft.every ?? 1,
    weekdays: draft.frequency === 'weekly' ? [...draft.weekdays].sort() : [],
    monthDay: draft.frequency === 'monthly' ? draft.monthDay : null,
    start: shift.start,
    minutes: shift.start && shift.end ? minutesBetween(shift.start, shift.end) : 0,
  }
}

/** What stands against creating it, by field; the limits are those of the database. */
export function seriesProblems(draft: SeriesDraft, now: TimeLike, today: string): Problems {
  const problems = activityProblems(draft.activity, now, true)
  const first = draft.activity.shifts[0]!.day
  if (draft.frequency === 'weekly' && draft.weekdays.length === 0) problems['weekdays'] = { key: 'weekdays_missing' }
  if (draft.frequency === 'monthly' && !draft.monthDay) problems['monthDay'] = { key: 'month_day_missing' }
  if (!draft.untilOn || draft.untilOn < first) problems['untilOn'] = { key: 'until_missing' }
  else if (draft.untilOn > addDays(today, 399)) problems['untilOn'] = { key: 'until_far' }
  return problems
}

/** As `create_series` takes it. */
export function seriesPayload(draft: SeriesDraft): Record<string, unknown> {
  const { shifts: _shifts, ...fields } = payloadOf(draft.activity)
  const shift = draft.activity.shifts[0]!
  const r = recurrenceOf(draft)
  return {
    ...fields,
    frequency: r.frequency,
    every: r.every,
    weekdays: r.weekdays,
    month_day: r.monthDay,
    start: r.start,
    minutes: r.minutes,
    first_on: shift.day,
    until_on: draft.untilOn,
    opens_days: shift.opensDays,
    roles: roleRows(shift.roles),
  }
}
