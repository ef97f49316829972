import { describe, expect, it } from 'vitest'
import { earlierRows, groupedCode, nextStar, periodOf, starsOf } from './rules'

const HOURS = [100, 300, 600, 1000, 1500]

describe('stars', () => {
  it('are reached with the full hour and not a minute before', () => {
    expect(starsOf(5999, HOURS)).toBe(0)
    expect(starsOf(6000, HOURS)).toBe(1)
    expect(starsOf(90_000, HOURS)).toBe(5)
  })
  it('say what is missing to the next, and nothing beyond the last', () => {
    expect(nextStar(17_400, HOURS)).toEqual({ star: 2, hours: 300, missing: 600 })
    expect(nextStar(90_000, HOURS)).toBeNull()
  })
})

describe('a period', () => {
  it('never reaches beyond today, and a leap day is a day', () => {
    expect(periodOf('this_year', '2026-11-28')).toEqual({ from: '2026-01-01', to: '2026-11-28' })
    expect(periodOf('last_year', '2026-01-01')).toEqual({ from: '2025-01-01', to: '2025-12-31' })
    expect(periodOf('last_12_months', '2028-02-29')).toEqual({ from: '2027-03-02', to: '2028-02-29' })
  })
})

it('a check code is read in groups', () => {
  expect(groupedCode('0123456789ABCDEFGHJK')).toBe('01234-56789-ABCDE-FGHJK')
})

it('lines from a sheet become rows; a head line and empty lines do not', () => {
  expect(
    earlierRows('编号\t年份\t小时\t次数\t来源\nV000001\t2025年\t12.5\t\t区系统\n\nV000002,2024,3,1,纸质登记'),
  ).toEqual([
    { volunteer_no: 'V000001', year: '2025', hours: '12.5', times: '0', source: '区系统' },
    { volunteer_no: 'V000002', year: '2024', hours: '3', times: '1', source: '纸质登记' },
  ])
})
