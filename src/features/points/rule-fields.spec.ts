import { describe, expect, it } from 'vitest'
import type { PointRule } from './ledger'
import { changesOf, fieldsOf } from './rule-fields'

const rule = (part: Partial<PointRule>): PointRule => ({
  code: 'V06',
  kind: 'award',
  points: 10,
  points_per_half_hour: null,
  multiplier: null,
  max_minutes_per_day: null,
  cap_period: 'month',
  cap_times: 4,
  cap_points: null,
  data: {},
  ...part,
})

describe('the numbers of a rule', () => {
  it('are those it has', () => {
    expect(fieldsOf(rule({})).map((f) => f.label)).toEqual(['points', 'cap_times_month'])
    expect(
      fieldsOf(rule({ code: 'V07', data: { points_by_kind: { goods: 10, service: 20 } } })).map((f) => f.name),
    ).toEqual(['service', 'goods', 'cap_times'])
    expect(
      fieldsOf(rule({ code: 'D01', kind: 'deduction', points: -10, cap_period: null, cap_times: null }))[0],
    ).toMatchObject({
      min: -1000,
      max: 0,
    })
  })

  it('are sent only where they differ', () => {
    expect(changesOf([rule({})], { 'V06.points': 12, 'V06.cap_times': 4 })).toEqual({ V06: { points: 12 } })
    expect(changesOf([rule({})], { 'V06.points': null })).toEqual({})
  })
})
