import { expect, test } from 'vitest'
import { momentNear } from './moment-near'
import { parseTime } from './time'

test('a time on the clock is the moment that follows the start, over midnight too', () => {
  expect(momentNear(parseTime('2026-11-20 09:00+08'), '10:30')).toEqual(parseTime('2026-11-20 10:30+08'))
  expect(momentNear(parseTime('2026-11-20 22:00+08'), '00:30')).toEqual(parseTime('2026-11-21 00:30+08'))
  expect(momentNear(parseTime('2026-12-31 22:00+08'), '01:00')).toEqual(parseTime('2027-01-01 01:00+08'))
  expect(momentNear(parseTime('2026-11-20 09:00+08'), '08:40')).toEqual(parseTime('2026-11-20 08:40+08'))
})
