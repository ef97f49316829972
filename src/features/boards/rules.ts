import { formatHours, shanghaiParts, type TimeLike } from '@/lib/time'
import type { BoardKind, MyPlace } from './schema'

/** The month, quarter and year of a moment in Shanghai: `2026-11`, `2026-Q4`, `2026`. */
export function currentPeriods(now: TimeLike): { month: string; quarter: string; year: string } {
  const { year, month } = shanghaiParts(now)
  return {
    month: `${year}-${String(month).padStart(2, '0')}`,
    quarter: `${year}-Q${Math.ceil(month / 3)}`,
    year: String(year),
  }
}

/** Periods before the current ones, the newest first: twelve months, four quarters and the year before. */
export function earlierPeriods(now: TimeLike): string[] {
  const { year, month } = shanghaiParts(now)
  const months = Array.from({ length: 12 }, (_, n) => {
    const index = year * 12 + month - 2 - n
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  })
  const quarters = Array.from({ length: 4 }, (_, n) => {
    const index = year * 4 + Math.ceil(month / 3) - 2 - n
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`
  })
  return [...months, ...quarters, String(year - 1)]
}

type Translate = (key: string, params?: Record<string, string | number>) => string

/** 2026年11月 · 2026年第4季度 · 2026年 */
export function periodName(period: string, t: Translate): string {
  const year = period.slice(0, 4)
  if (period.length === 4) return t('boards.period.year', { year })
  const rest = period.slice(5)
  return rest.startsWith('Q')
    ? t('boards.period.quarter', { year, quarter: rest.slice(1) })
    : t('boards.period.month', { year, month: Number(rest) })
}

/** A value as a board says it: hours of minutes, or points. */
export function valueWords(kind: BoardKind, value: number, t: Translate): string {
  return kind === 'people_points' ? t('boards.points', { n: value }) : t('boards.hours', { n: formatHours(value) })
}

/** What is missing to stand beside the one above, in the measure of the board; null where nobody is above. */
export function gapToAbove(mine: MyPlace): number | null {
  return mine.above && mine.place !== null ? mine.above.value - mine.value : null
}
