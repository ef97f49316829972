import { describe, expect, it } from 'vitest'
import { forwardSteps, minutesTo } from './rules'

describe('running ahead', () => {
  it('goes in steps of at most a day', () => {
    expect(forwardSteps(30)).toEqual([30])
    expect(forwardSteps(3000)).toEqual([1440, 1440, 120])
    expect(forwardSteps(1440)).toEqual([1440])
    expect(forwardSteps(0)).toEqual([])
  })

  it('stops ten minutes before a shift, so that one can be scanned in', () => {
    const now = Date.UTC(2026, 10, 22, 1)
    expect(minutesTo(new Date(now + 120 * 60_000), now)).toBe(110)
    expect(minutesTo(new Date(now + 5 * 60_000), now)).toBe(5)
  })
})
