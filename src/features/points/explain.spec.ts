import zh from '@/locales/zh-CN/points.json'
import { describe, expect, it } from 'vitest'
import { explainEntry, ruleKey } from './explain'
import type { PointEntry } from './ledger'

const entry = (part: Partial<PointEntry>): PointEntry => ({
  id: 'e',
  ruleCode: 'V06',
  rulesetCode: 'VOL-2026.1',
  sourceKind: 'activity',
  amount: 10,
  points: 10,
  debtChange: 0,
  occurredOn: '2026-11-20',
  postedAt: new Date('2026-11-20T02:00:00Z'),
  balanceAfter: 10,
  inputs: { points: 10 },
  reversesId: null,
  isReversed: false,
  expiresAt: null,
  remaining: null,
  title: null,
  recordId: null,
  by: null,
  reason: null,
  dispute: null,
  ...part,
})
const keys = (part: Partial<PointEntry>) => explainEntry(entry(part)).map((step) => step.key)

describe('every entry in words', () => {
  it('says what a rule gives, which cap cut it, and what a debt took', () => {
    expect(keys({})).toEqual(['gives'])
    expect(keys({ amount: 0, inputs: { points: 10, cap: 'month', cap_times: 4, times_before: 4 } })).toEqual([
      'gives',
      'cap_times_month',
    ])
    expect(
      keys({ ruleCode: 'V10', amount: 2, inputs: { points: 5, cap: 'year', cap_points: 20, points_before: 18 } }),
    ).toEqual(['gives', 'cap_points_year'])
    expect(keys({ points: 4, debtChange: -6 })).toEqual(['gives', 'debt_paid'])
    expect(keys({ ruleCode: 'D01', amount: -10, points: -3, debtChange: 7, inputs: { points: -10 } })).toEqual([
      'deducts',
      'debt_made',
    ])
    expect(keys({ ruleCode: 'V08', amount: 0, inputs: { points: 5, cap: 'served_then' } })).toEqual([
      'gives',
      'served_then',
    ])
  })

  it('says what a bonus is for, and what a multiplier did', () => {
    expect(keys({ ruleCode: 'V05', inputs: { points: 20, month: 3, times: 3, minutes: 300 } })).toEqual([
      'bonus_month',
      'gives',
    ])
    const inputs = {
      minutes: 120,
      countable_minutes: 120,
      half_hours: 4,
      points_per_half_hour: 5,
      multiplier: 1.2,
      multiplier_rule: 'V02',
      base: 24,
      month_before: 0,
      max_points_per_month: 400,
      max_minutes_per_day: 480,
    }
    expect(keys({ ruleCode: 'V01', amount: 24, inputs })).toEqual(['minutes', 'half_hours', 'base_times_V02'])
  })

  it('has a sentence for each of them, and a name for each rule', () => {
    for (const key of [
      'reversal',
      'reversal_expired',
      'redeemed',
      'expired',
      'debt_settled',
      'adjusted',
      'bonus_year',
      'bonus_day',
    ])
      expect(zh.why).toHaveProperty(key)
    expect(zh.rule[ruleKey('V13')]).toBeTruthy()
    expect(ruleKey('V99')).toBe('other')
  })
})
