import { dayKey, parseTime } from './time'

/**
 * A wall-clock time of Shanghai (`HH:MM`) as the moment that follows a start: what is earlier on the clock than
 * the start, is after midnight. A little before the start stays on its day.
 *
 * @param slackHours how much before the start still counts as the same day
 * @example momentNear(shift.startsAt, '00:30') // of a shift that began at 22:00: the next day
 */
export function momentNear(start: Date, clock: string, slackHours = 2): Date {
  const sameDay = parseTime(`${dayKey(start)}T${clock}`)
  return sameDay.getTime() < start.getTime() - slackHours * 3_600_000
    ? new Date(sameDay.getTime() + 86_400_000)
    : sameDay
}
