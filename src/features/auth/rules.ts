import { dayKey } from '@/lib/time'

/** Version of the terms and the privacy notice a person agrees to; change it with their text. */
export const TERMS_VERSION = '2026-11'

export interface Birth {
  year: number
  month: number
}

export type AgeGroup = 'under_fourteen' | 'minor' | 'adult'

/**
 * Whole years surely completed today (Asia/Shanghai). Only year and month are known, so a
 * birthday counts from the month after it, exactly as `private.age_on` does.
 */
export function completedYears({ year, month }: Birth, now: number): number {
  const [thisYear, thisMonth] = dayKey(now).split('-').map(Number) as [number, number, number]
  return thisYear - year - (month >= thisMonth ? 1 : 0)
}

/** Under 14 no account; 14–17 with a guardian (norms.md). */
export function ageGroup(birth: Birth, now: number): AgeGroup {
  const years = completedYears(birth, now)
  return years < 14 ? 'under_fourteen' : years < 18 ? 'minor' : 'adult'
}

/** True for a month that lies in the past and in a human lifetime. */
export function isBirth({ year, month }: { year: number | ''; month: number | '' }, now: number): boolean {
  if (year === '' || month === '' || month < 1 || month > 12 || year < 1900) return false
  const today = dayKey(now)
  return `${year}-${String(month).padStart(2, '0')}` <= today.slice(0, 7)
}

export type PasswordStrength = 0 | 1 | 2 | 3

const COMMON = /^(password|passw0rd|qwerty|abc123|iloveyou|admin|woaini|123|111|000|888|666)/i

/** 0 not accepted (under 8, or only one kind of character) · 1 weak · 2 fair · 3 strong. */
export function passwordStrength(password: string): PasswordStrength {
  const length = [...password].length
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  const hasBoth = /\d/.test(password) && /\D/.test(password)
  if (length < 8 || !hasBoth) return 0
  const varied = new Set(password).size >= 6
  if (COMMON.test(password) || !varied) return 1
  if (length >= 14 || (length >= 10 && kinds >= 3)) return 3
  return 2
}

/** A page of this app to go on to after sign-in, or `fallback`; never an address elsewhere. */
export function safeNext(next: unknown, fallback = '/'): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return fallback
  return /^\/(sign-in|sign-up|reset)(\/|\?|#|$)/.test(next) ? fallback : next
}
