import { formatHours } from '@/lib/time'
import type { MyYear } from './schema'

/** A share in whole percent; null where one side is not told or nobody is there. */
export function percent(part: number | null, whole: number | null): number | null {
  if (part === null || !whole) return null
  return Math.min(100, Math.round((part * 100) / whole))
}

/** What changed against the year before, or null where it cannot be said. */
export function change(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before
}

/** The years one may look at, the newest first: at most ten. */
export function yearsBack(current: number, first: number | null): number[] {
  const from = Math.max(first ?? current, current - 9)
  return Array.from({ length: current - Math.min(from, current) + 1 }, (_, n) => current - n)
}

/** Whether anything happened that is worth a picture. */
export function isEmptyYear(mine: MyYear): boolean {
  return mine.minutes <= 0 && mine.wishes + mine.duties + mine.trainings === 0
}

export interface YearFigure {
  key: 'helped' | 'wishes' | 'thanks' | 'service_days' | 'points' | 'trainings' | 'duties'
  value: number
}

/** The numbers beside the hours; what one has not is not held against anybody. */
export function figuresOf(mine: MyYear, withPoints: boolean): YearFigure[] {
  const figures: YearFigure[] = [
    { key: 'helped', value: mine.helped },
    { key: 'wishes', value: mine.wishes },
    { key: 'thanks', value: mine.thanks },
    { key: 'service_days', value: mine.serviceDays },
    { key: 'duties', value: mine.duties },
    { key: 'trainings', value: mine.trainings },
    { key: 'points', value: withPoints ? mine.points : 0 },
  ]
  return figures.filter(({ value }) => value > 0)
}

/** The twelve months with their hours as numbers. */
export function monthHours(mine: MyYear): number[] {
  return Array.from({ length: 12 }, (_, n) =>
    Number(formatHours(mine.months.find(({ month }) => month === n + 1)?.minutes ?? 0)),
  )
}

/** A month on the axis of a chart: 「3月」 and “Month 3” are 3. */
export const monthNumber = (label: string) => label.replace(/\D+/g, '')

/** A corps on the axis of a chart, by its colour: 「红色扶贫帮困」 is 「红色」, “Red – relief and help” is “Red”. */
export const colorName = (label: string) => (label.includes(' – ') ? label.split(' – ')[0]! : label.slice(0, 2))
