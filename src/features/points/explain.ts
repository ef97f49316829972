import * as v from 'valibot'
import type { EntryInputs, PointEntry } from './ledger'
import type { WhyStep } from './rules'
import { whySteps } from './rules'
import { ruleInputsSchema } from './schema'

const number = (inputs: EntryInputs, name: string): number | null => {
  const value = inputs[name]
  return typeof value === 'number' ? value : null
}

/** Caps of rules that count times or points: 「每月最多 4 次，之前已有 4 次」. */
function capSteps(inputs: EntryInputs): WhyStep[] {
  const cap = inputs['cap']
  if (cap === 'served_then') return [{ key: 'served_then', params: {} }]
  if (cap !== 'month' && cap !== 'quarter' && cap !== 'year') return []
  const times = number(inputs, 'cap_times')
  const before = number(inputs, 'times_before')
  if (times !== null && before !== null && before >= times)
    return [{ key: `cap_times_${cap}`, params: { max: times, before } }]
  const most = number(inputs, 'cap_points') ?? 0
  return [{ key: `cap_points_${cap}`, params: { max: most, before: number(inputs, 'points_before') ?? 0 } }]
}

function bonusSteps(entry: PointEntry): WhyStep[] {
  const { inputs } = entry
  if (entry.ruleCode === 'V04') return [{ key: 'bonus_day', params: { day: number(inputs, 'day') ?? 28 } }]
  if (entry.ruleCode === 'V05') {
    const hours = Math.round(((number(inputs, 'minutes') ?? 0) / 60) * 10) / 10
    return [
      {
        key: 'bonus_month',
        params: { month: number(inputs, 'month') ?? 3, times: number(inputs, 'times') ?? 0, hours },
      },
    ]
  }
  if (entry.ruleCode === 'V13') return [{ key: 'bonus_year', params: { year: number(inputs, 'year') ?? 0 } }]
  return []
}

/** What became of the amount: a debt paid first, or a deduction that found too little. */
function debtSteps({ debtChange, points, amount }: PointEntry): WhyStep[] {
  if (debtChange < 0 && amount > 0) return [{ key: 'debt_paid', params: { n: -debtChange, rest: points } }]
  if (debtChange > 0) return [{ key: 'debt_made', params: { n: debtChange, taken: -points } }]
  return []
}

/**
 * 「为什么是这些分」 of any entry: sentences by key under `points.why`, with their numbers, from what the rule saw when it
 * was written. An entry of a rule this version does not know says its number only.
 */
export function explainEntry(entry: PointEntry): WhyStep[] {
  const { inputs, ruleCode, amount } = entry
  if (entry.reversesId !== null) {
    const expired = number(inputs, 'expired')
    return [
      { key: 'reversal', params: { n: -amount } },
      ...(expired ? [{ key: 'reversal_expired', params: { n: expired } }] : []),
      ...debtSteps(entry),
    ]
  }
  if (ruleCode === 'V01') {
    const seen = v.safeParse(ruleInputsSchema, inputs)
    return [...(seen.success ? whySteps(seen.output, amount) : []), ...debtSteps(entry)]
  }
  if (ruleCode === 'REDEEM') return [{ key: 'redeemed', params: { n: -amount } }]
  if (ruleCode === 'EXPIRY') return [{ key: 'expired', params: { n: -amount } }]
  if (ruleCode === 'DEBT') return [{ key: 'debt_settled', params: { n: -entry.points } }]
  if (ruleCode === 'ADJUST') return [{ key: 'adjusted', params: {} }, ...debtSteps(entry)]
  const each = number(inputs, 'points')
  return [
    ...bonusSteps(entry),
    ...(each === null ? [] : [{ key: each < 0 ? 'deducts' : 'gives', params: { n: Math.abs(each) } }]),
    ...capSteps(inputs),
    ...debtSteps(entry),
  ]
}

const KNOWN_RULES = [
  'V01',
  'V02',
  'V03',
  'V04',
  'V05',
  'V06',
  'V07',
  'V08',
  'V09',
  'V10',
  'V11',
  'V12',
  'V13',
  'D01',
  'D02',
  'D04',
  'REDEEM',
  'EXPIRY',
  'DEBT',
  'ADJUST',
] as const
export type KnownRule = (typeof KNOWN_RULES)[number]

/** The locale key below `points.rule` of a rule, also of one that a later version brings. */
export const ruleKey = (code: string): KnownRule | 'other' =>
  (KNOWN_RULES as readonly string[]).includes(code) ? (code as KnownRule) : 'other'

/** Whether the office may take an entry back: not what was spent, ended or paid a debt, and nothing twice. The server decides. */
export const isReversible = ({ reversesId, isReversed, sourceKind }: PointEntry): boolean =>
  reversesId === null && !isReversed && !['reward_order', 'expiry', 'debt'].includes(sourceKind)
