import type { TimeLike } from '@/lib/time'
import { dayKey, formatDateTime, formatDay, formatHours, startOfDay } from '@/lib/time'
import type { Notification } from './api'

export interface DayGroup {
  day: string
  items: Notification[]
}

/** Messages by Shanghai day, the newest day first. */
export function groupByDay(items: readonly Notification[]): DayGroup[] {
  const groups = new Map<string, Notification[]>()
  for (const item of items) {
    const day = dayKey(item.arrivedAt)
    groups.set(day, [...(groups.get(day) ?? []), item])
  }
  return [...groups].map(([day, ofDay]) => ({ day, items: ofDay }))
}

/**
 * The parameters of a message as its sentence takes them: times and minutes in words.
 * A parameter that is missing becomes empty, never `undefined`.
 */
export function sentenceParams(
  params: Record<string, unknown>,
  locale: string,
  now: TimeLike,
): Record<string, string | number> {
  const words: Record<string, string | number> = {
    title: '',
    reason: '',
    starts_at: '',
    expires_at: '',
    hours: '',
    points: 0,
    answer: '',
    opens_at: '',
    organisation: '',
    places: 0,
    position: 0,
    appeal_ends_at: '',
    left_at: '',
    until_at: '',
    from: '',
    to: '',
    name: '',
    number: '',
    star: '',
    needed_hours: '',
    due_at: '',
    ends_at: '',
    was_at: '',
    corps: '',
    day: '',
    times: 0,
    count: 0,
    month: '',
    award: '',
    period: '',
    until: '',
    due_on: '',
  }
  for (const [name, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue
    if (name.endsWith('_at')) words[name] = timeWords(String(value), locale, now)
    else if (name === 'until' || name === 'due_on') words[name] = dayWords(String(value), locale, now)
    else if (name === 'minutes') words['hours'] = formatHours(Number(value))
    else words[name] = typeof value === 'number' ? value : String(value)
  }
  return words
}

function timeWords(value: string, locale: string, now: TimeLike): string {
  try {
    return formatDateTime(value, locale, now)
  } catch {
    return ''
  }
}

function dayWords(value: string, locale: string, now: TimeLike): string {
  try {
    return formatDay(startOfDay(value), locale, now)
  } catch {
    return ''
  }
}

/** It was sent in the quiet hours and came when they were over. */
export function wasHeld({ createdAt, arrivedAt }: Notification): boolean {
  return arrivedAt.getTime() - createdAt.getTime() > 60_000
}
