import { describe, expect, it } from 'vitest'
import { change, colorName, figuresOf, isEmptyYear, monthHours, monthNumber, percent, yearsBack } from './rules'
import type { MyYear } from './schema'

const quiet: MyYear = {
  year: 2026,
  isOver: false,
  firstYear: null,
  minutes: 0,
  times: 0,
  serviceDays: 0,
  months: [],
  colors: [],
  wishes: 0,
  thanks: 0,
  helped: 0,
  duties: 0,
  dutyMinutes: 0,
  points: 0,
  trainings: 0,
  stars: [],
  awards: [],
}

describe('sums', () => {
  it('say a share only of what is told', () => {
    expect(percent(5, 20)).toBe(25)
    expect(percent(null, 20)).toBeNull()
    expect(percent(5, null)).toBeNull()
    expect(percent(0, 0)).toBeNull()
    expect(change(7, 9)).toBe(-2)
    expect(change(7, null)).toBeNull()
  })
})

describe('years', () => {
  it('go back to the first, at most ten', () => {
    expect(yearsBack(2026, 2024)).toEqual([2026, 2025, 2024])
    expect(yearsBack(2026, null)).toEqual([2026])
    expect(yearsBack(2026, 2030)).toEqual([2026])
    expect(yearsBack(2026, 2001)).toHaveLength(10)
  })
})

describe('my year', () => {
  it('shows what there is', () => {
    expect(isEmptyYear(quiet)).toBe(true)
    expect(isEmptyYear({ ...quiet, wishes: 1 })).toBe(false)
    expect(figuresOf({ ...quiet, wishes: 2, helped: 2, points: 30 }, false).map(({ key }) => key)).toEqual([
      'helped',
      'wishes',
    ])
    expect(figuresOf({ ...quiet, points: 30 }, true)).toEqual([{ key: 'points', value: 30 }])
    expect(monthHours({ ...quiet, months: [{ month: 3, minutes: 90 }] })[2]).toBe(1.5)
  })
})

it('a month and a corps are short on the axis of a chart, in both languages', () => {
  expect(['3月', 'Month 3'].map(monthNumber)).toEqual(['3', '3'])
  expect(['红色扶贫帮困', 'Red – relief and help'].map(colorName)).toEqual(['红色', 'Red'])
})
