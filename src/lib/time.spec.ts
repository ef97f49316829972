import { describe, expect, it } from 'vitest'
import * as time from './time'

const now = '2026-11-22T10:00:00+08:00'

describe('parseTime', () => {
  it.each([
    ['2026-11-22 01:16:22.584+00', '2026-11-22T01:16:22.584Z'],
    ['2026-11-22 01:16:22.5+00', '2026-11-22T01:16:22.500Z'],
    ['2026-11-22 01:16:22+08', '2026-11-21T17:16:22.000Z'],
    ['2026-11-22T01:16:22.584123+00:00', '2026-11-22T01:16:22.584Z'],
    ['2026-11-22T01:16:22Z', '2026-11-22T01:16:22.000Z'],
    ['2026-11-22 01:16:22-0330', '2026-11-22T04:46:22.000Z'],
    ['2026-11-22', '2026-11-21T16:00:00.000Z'],
    ['2026-11-22T09:00', '2026-11-22T01:00:00.000Z'],
    ['2028-02-29', '2028-02-28T16:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(time.parseTime(text).toISOString()).toBe(iso)
  })

  it.each(['', '明天', '22/11/2026', '2026-02-29', '2026-13-01', '2026-11-22T25:00Z'])('refuses %s', (text) => {
    expect(() => time.parseTime(text)).toThrow(RangeError)
  })
})

describe('days are cut in Shanghai', () => {
  it('puts 16:00 UTC on the next day', () => {
    expect(time.dayKey('2026-11-22T15:59:59Z')).toBe('2026-11-22')
    expect(time.dayKey('2026-11-22T16:00:00Z')).toBe('2026-11-23')
  })

  it('turns the year at Shanghai midnight', () => {
    expect(time.dayKey('2026-12-31T16:00:00Z')).toBe('2027-01-01')
    expect(time.formatDay('2026-12-31T16:00:00Z', 'zh-CN', now)).toBe('2027年1月1日 周五')
  })

  it('knows the leap day', () => {
    expect(time.addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(time.addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(time.addDays('2027-02-28', 1)).toBe('2027-03-01')
  })
})

describe('formats', () => {
  it('says a day the way people do', () => {
    expect(time.formatDay('2026-11-28 01:00:00+00', 'zh-CN', now)).toBe('11月28日 周六')
    expect(time.formatDay('2026-11-28 01:00:00+00', 'en', now)).toBe('Sat, Nov 28')
  })

  it('says a range, over midnight too', () => {
    expect(time.formatRange('2026-11-28T09:00', '2026-11-28T11:30')).toBe('09:00–11:30')
    expect(time.formatRange('2026-11-28T22:00', '2026-11-29T06:00')).toBe('22:00–次日 06:00')
  })

  it('says near things relatively', () => {
    expect(time.formatRelative('2026-11-22T09:59:50+08:00', 'zh-CN', now)).toBe('刚刚')
    expect(time.formatRelative('2026-11-22T09:55:00+08:00', 'zh-CN', now)).toBe('5 分钟前')
    expect(time.formatRelative('2026-11-22T12:00:00+08:00', 'zh-CN', now)).toBe('2 小时后')
    expect(time.formatRelative('2026-11-21T14:03:00+08:00', 'zh-CN', now)).toBe('昨天 14:03')
    expect(time.formatNearDay('2026-11-24T23:59:00+08:00', 'zh-CN', now)).toBe('后天')
  })

  it('round-trips a form field in Shanghai, whatever the device zone', () => {
    expect(time.fromLocalInput('2026-11-28T09:00')).toBe('2026-11-28T01:00:00.000Z')
    expect(time.toLocalInput('2026-11-28T01:00:00.000Z')).toBe('2026-11-28T09:00')
  })

  it('shows hours without noise', () => {
    expect([120, 90, 45, 0].map(time.formatHours)).toEqual(['2', '1.5', '0.8', '0'])
  })

  it('counts age by year and month', () => {
    expect(time.ageFrom(2012, 11, now)).toBe(14)
    expect(time.ageFrom(2012, 12, now)).toBe(13)
  })
})
