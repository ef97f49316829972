import { expect, test } from 'vitest'
import { currentPeriods, earlierPeriods, gapToAbove, periodName, valueWords } from './rules'
import type { MyPlace } from './schema'

const t = (key: string, params: Record<string, string | number> = {}) => `${key}(${Object.values(params).join('|')})`

test('the periods of a moment are those of Shanghai', () => {
  expect(currentPeriods('2026-12-31T16:30:00Z')).toEqual({ month: '2027-01', quarter: '2027-Q1', year: '2027' })
  expect(currentPeriods('2026-12-31T15:30:00Z')).toEqual({ month: '2026-12', quarter: '2026-Q4', year: '2026' })
})

test('earlier periods go back over the turn of the year', () => {
  const periods = earlierPeriods('2026-02-10T04:00:00Z')
  expect(periods.slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11'])
  expect(periods.slice(12)).toEqual(['2025-Q4', '2025-Q3', '2025-Q2', '2025-Q1', '2025'])
})

test('a period has a name', () => {
  expect(periodName('2026', t)).toBe('boards.period.year(2026)')
  expect(periodName('2026-Q4', t)).toBe('boards.period.quarter(2026|4)')
  expect(periodName('2026-03', t)).toBe('boards.period.month(2026|3)')
})

test('minutes are said as hours, points as points', () => {
  expect(valueWords('people_hours', 90, t)).toBe('boards.hours(1.5)')
  expect(valueWords('people_points', 90, t)).toBe('boards.points(90)')
})

test('the gap is to the one above, and to nobody at the top', () => {
  const mine = { value: 90, place: 3, above: { label: '王*', value: 150 } } as MyPlace
  expect(gapToAbove(mine)).toBe(60)
  expect(gapToAbove({ ...mine, above: null })).toBeNull()
  expect(gapToAbove({ ...mine, place: null })).toBeNull()
})
