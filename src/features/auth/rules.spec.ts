import { describe, expect, it } from 'vitest'
import { ageGroup, completedYears, isBirth, passwordStrength, safeNext } from './rules'

const now = Date.parse('2026-11-22T10:00:00+08:00')

describe('age from year and month', () => {
  it('counts a birthday from the month after it, as the database does', () => {
    expect(completedYears({ year: 2012, month: 10 }, now)).toBe(14)
    expect(completedYears({ year: 2012, month: 11 }, now)).toBe(13)
    expect(completedYears({ year: 2012, month: 12 }, now)).toBe(13)
  })
  it('cuts the month in Shanghai, not in UTC', () => {
    const lastNight = Date.parse('2026-10-31T17:00:00Z')
    expect(completedYears({ year: 2012, month: 10 }, lastNight)).toBe(14)
  })
  it('refuses under 14, asks a guardian until 17, and takes adults', () => {
    expect(ageGroup({ year: 2012, month: 11 }, now)).toBe('under_fourteen')
    expect(ageGroup({ year: 2012, month: 10 }, now)).toBe('minor')
    expect(ageGroup({ year: 2008, month: 11 }, now)).toBe('minor')
    expect(ageGroup({ year: 2008, month: 10 }, now)).toBe('adult')
  })
  it('takes this month and refuses the next, 1899 and nonsense', () => {
    expect(isBirth({ year: 2026, month: 11 }, now)).toBe(true)
    expect(isBirth({ year: 2026, month: 12 }, now)).toBe(false)
    expect(isBirth({ year: 1899, month: 1 }, now)).toBe(false)
    expect(isBirth({ year: 1990, month: 13 }, now)).toBe(false)
    expect(isBirth({ year: '', month: 1 }, now)).toBe(false)
  })
})

describe('a password', () => {
  it.each([
    ['short1', 0],
    ['onlyletters', 0],
    ['1234567890', 0],
    ['password1', 1],
    ['a1a1a1a1', 1],
    ['wutong2026', 2],
    ['Wutong-2026', 3],
    ['correct horse 9 battery', 3],
  ])('«%s» is %i', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength)
  })
})

describe('where to go on after sign-in', () => {
  it('stays in this app and does not come back to the door', () => {
    expect(safeNext('/shifts/1?for=2')).toBe('/shifts/1?for=2')
    for (const bad of [
      'https://evil.example',
      '//evil.example',
      '/\\evil',
      'me',
      undefined,
      '/sign-in?next=/',
      '/reset',
    ])
      expect(safeNext(bad)).toBe('/')
    expect(safeNext('/sign-inside')).toBe('/sign-inside')
  })
})
