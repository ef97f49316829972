/** The moment at which a fresh demo begins: Saturday the 28th, a service day, half past eight in the morning. */
export const REFERENCE = '2026-11-28T08:30:00+08:00'
export const REFERENCE_MS = Date.parse(REFERENCE)

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** A moment of the community's wall clock (Asia/Shanghai has no summer time). */
export function moment(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+08:00`)
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}

/** The community's calendar day of a moment. */
export function dayOf(ms: number): string {
  return new Date(ms + 8 * HOUR).toISOString().slice(0, 10)
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** 0 = Sunday */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}
