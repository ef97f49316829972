import { parseAnswer } from '@/lib/parse'
import { describe, expect, it } from 'vitest'
import { lastTwelveMonths, lotExpiry, whySteps } from './rules'
import { myServiceSchema } from './schema'

const inputs = {
  minutes: 100,
  countableMinutes: 100,
  halfHours: 3,
  pointsPerHalfHour: 5,
  base: 15,
  monthBefore: 0,
  maxPointsPerMonth: 400,
  maxMinutesPerDay: 480,
  multiplier: null,
  multiplierRule: null,
  cap: null,
} as const

describe('「为什么是这些分」', () => {
  it('goes from minutes to half hours to points', () => {
    expect(whySteps(inputs, 15)).toEqual([
      { key: 'minutes', params: { n: 100 } },
      { key: 'half_hours_rest', params: { n: 3, rest: 10 } },
      { key: 'base', params: { n: 3, each: 5, base: 15 } },
    ])
  })
  it('names the day cap and the month cap where they cut', () => {
    const steps = whySteps(
      { ...inputs, minutes: 300, countableMinutes: 120, halfHours: 4, base: 20, monthBefore: 390 },
      10,
    )
    expect(steps.map((s) => s.key)).toEqual(['minutes', 'day_cap', 'half_hours', 'base', 'month_cap'])
    expect(steps.at(-1)!.params).toEqual({ max: 400, before: 390, points: 10 })
  })
})

describe('hours by month', () => {
  it('shows twelve months up to now in Shanghai, zero where nothing was done', () => {
    const bars = lastTwelveMonths([{ month: '2026-11', minutes: 90 }], Date.parse('2026-11-30T16:30:00Z'))
    expect(bars.map((b) => b.month).slice(0, 2)).toEqual(['2026-01', '2026-02'])
    expect(bars.slice(-2)).toEqual([
      { month: '2026-11', minutes: 90 },
      { month: '2026-12', minutes: 0 },
    ])
  })
})

describe('lots', () => {
  it('end on 31 March of the following year', () => {
    expect(lotExpiry('2026-11-22')).toBe('2027-03-31')
  })
})

describe('the answer of my_service', () => {
  it('keeps a record whose rule it cannot put into words', () => {
    const record = {
      id: 'r',
      service_date: '2026-11-22',
      starts_at: '2026-11-22T06:00:00Z',
      ends_at: '2026-11-22T08:00:00Z',
      minutes: 120,
      provenance: 'scanned',
      reverses_id: null,
      title: '清洁家园',
      category: 'environment',
      corps_color: 'green_eco',
      corps_name: '绿色生态队',
      place_name: null,
      confirmed_by_name: '李*',
      confirmed_at: '2026-11-22T08:10:00Z',
      entry_id: 'e',
      points: 30,
      rule_code: 'V99',
      ruleset_code: 'VOL-2027.1',
      inputs: { something: 'else' },
    }
    const service = parseAnswer(myServiceSchema, {
      volunteer_no: null,
      minutes_total: 120,
      minutes_year: 120,
      times_year: 1,
      balance: 30,
      points_month: 30,
      months: [],
      provenance: { scanned: 120, leader_confirmed: 0, backfilled: 0, imported: 0 },
      records: [record],
      lots: [{ expires_at: '2027-03-31T16:00:00+00:00', remaining: 30 }],
    })
    expect(service.records[0]).toMatchObject({ points: 30, inputs: null })
  })
})
