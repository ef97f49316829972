import type { Fund } from './ledger'
import { shanghaiParts } from '@/lib/time'
import type { RuleInputs, ServiceRecord } from './schema'

export interface MonthBar {
  /** `YYYY-MM` */
  month: string
  minutes: number
}

/** The last twelve months up to now, with zero where nothing was done. */
export function lastTwelveMonths(months: readonly MonthBar[], now: number): MonthBar[] {
  const minutes = new Map(months.map((m) => [m.month, m.minutes]))
  const { year, month } = shanghaiParts(now)
  return Array.from({ length: 12 }, (_, i) => {
    const index = year * 12 + (month - 1) - 11 + i
    const key = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
    return { month: key, minutes: minutes.get(key) ?? 0 }
  })
}

/** A sentence of the explanation: a locale key under `points.why` and its numbers. */
export interface WhyStep {
  key: string
  params: Record<string, number>
}

/**
 * 「为什么是这些分」: the steps of V01 as the ledger kept them, in the order of calculation:
 * minutes → what counts that day → half hours → base → what the month still allowed → points.
 * Steps that changed nothing are left out, except the ones that make the number.
 */
export function whySteps(inputs: RuleInputs, points: number): WhyStep[] {
  const steps: WhyStep[] = [{ key: 'minutes', params: { n: inputs.minutes } }]
  if (inputs.countableMinutes < inputs.minutes) {
    steps.push({
      key: 'day_cap',
      params: { n: inputs.countableMinutes, hours: inputs.maxMinutesPerDay / 60 },
    })
  }
  const rest = inputs.countableMinutes - inputs.halfHours * 30
  steps.push({
    key: rest > 0 ? 'half_hours_rest' : 'half_hours',
    params: { n: inputs.halfHours, rest },
  })
  steps.push({
    key: inputs.multiplierRule ? `base_times_${inputs.multiplierRule}` : 'base',
    params: {
      n: inputs.halfHours,
      each: inputs.pointsPerHalfHour,
      base: inputs.base,
      ...(inputs.multiplier === null ? {} : { times: inputs.multiplier }),
    },
  })
  if (inputs.cap === 'backfilled') {
    steps.push({ key: 'backfilled', params: {} })
  } else if (points < inputs.base && inputs.maxPointsPerMonth !== null) {
    steps.push({
      key: 'month_cap',
      params: { max: inputs.maxPointsPerMonth, before: inputs.monthBefore, points },
    })
  }
  return steps
}

/** A record and its reversal belong together: both are shown, and neither counts. */
export function isReversed(record: ServiceRecord, all: readonly ServiceRecord[]): boolean {
  return all.some((other) => other.reversesId === record.id)
}

/** The last day on which points earned that day can be spent: 31 March of the next year. */
export function lotExpiry(serviceDate: string): string {
  return `${Number(serviceDate.slice(0, 4)) + 1}-03-31`
}

/** `+5`, `−3` (a minus sign, not a hyphen), `0`. */
export const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0')

/** What points are worth, in yuan with two digits. */
export const yuanOf = (points: number, worthFen: number): string => ((points * worthFen) / 100).toFixed(2)

/** Whether the fund of the year covers what was redeemed and what is outstanding: `none` where none is set. Sums in yuan. */
export function budgetGuard({ yuan, worth_fen: fen, outstanding, redeemed, left_fen: left }: Fund) {
  return {
    state: left === null ? ('none' as const) : left < 0 ? ('over' as const) : ('covered' as const),
    fund: yuan,
    outstanding: yuanOf(outstanding, fen),
    redeemed: yuanOf(redeemed, fen),
    left: (Math.abs(left ?? 0) / 100).toFixed(2),
  }
}
