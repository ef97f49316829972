import { parseAnswer } from '@/lib/parse'
import { describe, expect, it } from 'vitest'
import { mySignupsSchema, shiftDetailSchema, shiftListSchema } from './schema'

const row = {
  id: 's1',
  starts_at: '2026-11-22 06:00:00+00',
  ends_at: '2026-11-22T08:00:00.5+00:00',
  day: '2026-11-22',
  activity_id: 'a1',
  title: '清洁家园',
  category: 'environment',
  is_hazardous: false,
  qualification_kind: null,
  corps_id: 'c1',
  corps_color: 'green_eco',
  corps_name: '绿色生态队',
  place_id: null,
  place_name: null,
  is_near: null,
  places: { capacity: 2, taken: 1, waiting: 0, roles: [{ name: 'helper', capacity: 2, taken: 1 }] },
  mine: null,
  why_not: null,
  clash: { title: '义诊', starts_at: '2026-11-22T06:30:00+00:00' },
}

describe('answers of the server', () => {
  it('turns rows into shifts, whatever shape its timestamps have', () => {
    const [shift] = parseAnswer(shiftListSchema, { server_time: 'x', shifts: [row] })
    expect(shift!.startsAt.toISOString()).toBe('2026-11-22T06:00:00.000Z')
    expect(shift!.isNear).toBe(false)
    expect(shift!.clash?.startsAt.toISOString()).toBe('2026-11-22T06:30:00.000Z')
  })
  it('refuses an answer it does not understand instead of showing half of it', () => {
    expect(() => parseAnswer(shiftListSchema, { shifts: [{ ...row, starts_at: 'soon' }] })).toThrowError('unexpected')
    expect(() => parseAnswer(shiftListSchema, null)).toThrowError('unexpected')
    expect(() => parseAnswer(mySignupsSchema, { signups: [{}] })).toThrowError('unexpected')
    expect(() => parseAnswer(shiftDetailSchema, { id: 1 })).toThrowError('unexpected')
  })
})
