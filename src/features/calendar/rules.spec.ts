import { describe, expect, it } from 'vitest'
import { addMonths, endTime, firstDays, isoWeekday, minutesBetween, monthGrid, newFeedToken, weekOf } from './rules'
import type { Recurrence } from './types'

const rule = (r: Partial<Recurrence>): Recurrence => ({
  frequency: 'weekly',
  every: 1,
  weekdays: [],
  monthDay: null,
  start: '09:00',
  minutes: 60,
  ...r,
})

describe('weeks and months', () => {
  it('begin on Monday and go over the end of a year', () => {
    expect(isoWeekday('2026-11-28')).toBe(6)
    expect(weekOf('2027-01-01')).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ])
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2027-01', -1)).toBe('2026-12')
  })

  it('show a leap February in five weeks', () => {
    const grid = monthGrid('2028-02')
    expect(grid).toHaveLength(5)
    expect(grid.flat()).toContain('2028-02-29')
  })
})

describe('a time of day', () => {
  it('goes over midnight', () => {
    expect(endTime('23:00', 180)).toBe('02:00')
    expect(minutesBetween('23:00', '02:00')).toBe(180)
    expect(minutesBetween('19:30', '21:00')).toBe(90)
  })
})

describe('the days of a rule', () => {
  it('use the last day of a month without the 31st', () => {
    const days = firstDays(rule({ frequency: 'monthly', monthDay: 31 }), '2026-12-01', '2027-04-30', 9)
    expect(days).toEqual(['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'])
  })

  it('count every other week from the first', () => {
    expect(firstDays(rule({ every: 2, weekdays: [1, 7] }), '2026-12-14', '2027-01-17', 9)).toEqual([
      '2026-12-14',
      '2026-12-20',
      '2026-12-28',
      '2027-01-03',
      '2027-01-11',
      '2027-01-17',
    ])
  })
})

it('a feed has an address nobody guesses', () => {
  expect(newFeedToken()).toMatch(/^[0-9a-f]{64}$/)
  expect(newFeedToken()).not.toBe(newFeedToken())
})
