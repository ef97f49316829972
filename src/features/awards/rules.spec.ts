import { expect, it } from 'vitest'
import { foundWords, gateWords, groupedCode, lineWords, pointsOf, stageOf } from './rules'
import type { Nomination, ScoreLine } from './schema'

const t = (key: string, params: Record<string, string | number> = {}) =>
  [key.replace('awards.', ''), ...Object.values(params)].join(' ')
const line = (
  indicator: ScoreLine['indicator'],
  inputs: Record<string, unknown>,
  value: number | null = 50,
): ScoreLine => ({
  indicator,
  inputs,
  value,
  weight: 40,
})

it('says what each line saw and adds', () => {
  expect(pointsOf(line('hours', {}, 62.5))).toBe(25)
  expect(pointsOf(line('sample', {}, null))).toBeNull()
  expect(lineWords(line('hours', { minutes: 90, p90_minutes: 600 }), t)).toBe('line.hours 1.5 10')
  expect(lineWords(line('months', { months: 5, of: 12 }), t)).toBe('line.months 5 12')
  expect(lineWords(line('deeds', { wishes: 2, visits: 0, emergencies: 1 }), t)).toBe('line.deeds 2 0 1')
  expect(lineWords(line('reliability', { confirmed: 9, no_shows: 1 }), t)).toBe('line.reliability 9 1')
  expect(lineWords(line('party_score', { score: 88.25 }), t)).toBe('line.party_score 88.3')
  expect(lineWords(line('hours_percentile', { below: 8, others: 10 }), t)).toBe('line.hours_percentile 8 10')
})

it('keeps the opinions of one or two closed', () => {
  expect(lineWords(line('sample', { n: 2 }, null), t)).toBe('line.closed')
  expect(lineWords(line('peers', { n: 0 }, 0), t)).toBe('line.opinions_none')
  expect(lineWords(line('rating', { n: 0, total: 0 }, 80), t)).toBe('line.rating_none')
  expect(lineWords(line('sample', { n: 4, total: 18 }), t)).toBe('line.opinions 4 4.5')
})

it('says what a gate asks', () => {
  expect(gateWords('minutes', 1200, t)).toBe('gate.minutes 20')
  expect(gateWords('no_veto', true, t)).toBe('gate.no_veto')
  expect(gateWords('shoe_size', 43, t)).toBeNull()
  expect(foundWords({ gate: 'minutes', needed: 1200, found: 1290, ok: true }, t)).toBe('hours 21.5')
  expect(foundWords({ gate: 'consent', needed: true, found: true, ok: true }, t)).toBeNull()
})

it('knows where a nomination stands', () => {
  const one = { status: 'nominated', accepted: false, cycle_status: 'collecting', award: null } as Nomination
  expect(stageOf(one)).toBe('asked')
  expect(stageOf({ ...one, accepted: true })).toBe('accepted')
  expect(stageOf({ ...one, accepted: true, cycle_status: 'locked' })).toBe('reviewing')
  expect(stageOf({ ...one, status: 'publicity' })).toBe('publicity')
})

it('writes a code as people copy it', () => {
  expect(groupedCode('abcd1234ef')).toBe('ABCD-1234-EF')
})
