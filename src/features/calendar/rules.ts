import { addDays, startOfDay, shanghaiParts } from '@/lib/time'
import type { CalendarEntry, Recurrence } from './types'

/** ISO weekday of a day: 1 is Monday. */
export function isoWeekday(day: string): number {
  return ((shanghaiParts(startOfDay(day)).weekday + 6) % 7) + 1
}

/** The seven days, Monday first, of the week a day is in. */
export function weekOf(day: string): string[] {
  const monday = addDays(day, 1 - isoWeekday(day))
  return Array.from({ length: 7 }, (_, i) => addDays(monday, i))
}

/** `2026-11` and 1 → `2026-12`. */
export function addMonths(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** The weeks that show a month, Monday first, with the days of its neighbours. */
export function monthGrid(month: string): string[][] {
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const weeks: string[][] = []
  for (let week = weekOf(`${month}-01`); week[0]! <= last; week = weekOf(addDays(week[0]!, 7))) weeks.push(week)
  return weeks
}

export function byDay(entries: readonly CalendarEntry[]): Map<string, CalendarEntry[]> {
  const days = new Map<string, CalendarEntry[]>()
  for (const entry of entries) days.set(entry.day, [...(days.get(entry.day) ?? []), entry])
  return days
}

const pad = (n: number) => String(n).padStart(2, '0')

/** `19:30` and 90 → `21:00`; past midnight it goes on at `00:00`. */
export function endTime(start: string, minutes: number): string {
  const [hours = 0, mins = 0] = start.split(':').map(Number)
  const total = (hours * 60 + mins + minutes) % 1440
  return `${pad(Math.floor(total / 60))}:${pad(total % 60)}`
}

/** From `19:30` to `21:00` are 90 minutes; an end that is not later is on the next day. */
export function minutesBetween(start: string, end: string): number {
  const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return (at(end) - at(start) + 1440) % 1440 || 1440
}

export interface RecurrenceWords {
  key: string
  params: Record<string, string | number>
}

/** How often, as a key under `calendar.recurrence` with its parameters; the weekdays are put in by the caller. */
export function recurrenceKey(r: Recurrence): string {
  if (r.frequency === 'weekly') return r.every === 1 ? 'weekly' : 'weeks'
  if (r.monthDay === 31) return r.every === 1 ? 'month_end' : 'month_ends'
  return r.every === 1 ? 'monthly' : 'months'
}

/**
 * The first days a rule gives, to read back while it is typed. The database decides; this is the same rule:
 * a month without its day uses the last one.
 */
export function firstDays(r: Recurrence, from: string, until: string, most: number): string[] {
  const days: string[] = []
  if (!from || !until || until < from) return days
  if (r.frequency === 'weekly') {
    const anchor = startOfDay(weekOf(from)[0]!).getTime()
    for (let day = from; day <= until && days.length < most; day = addDays(day, 1)) {
      const week = Math.round((startOfDay(weekOf(day)[0]!).getTime() - anchor) / (7 * 86_400_000))
      if (r.weekdays.includes(isoWeekday(day)) && week % r.every === 0) days.push(day)
    }
    return days
  }
  if (!r.monthDay) return days
  for (let month = from.slice(0, 7); `${month}-01` <= until && days.length < most; month = addMonths(month, r.every)) {
    const last = Number(addDays(`${addMonths(month, 1)}-01`, -1).slice(8))
    const day = `${month}-${pad(Math.min(r.monthDay, last))}`
    if (day >= from && day <= until) days.push(day)
  }
  return days
}

/** A secret of 256 bits for the address of a feed, as hex. */
export function newFeedToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
}
