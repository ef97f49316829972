import { describe, expect, test } from 'vitest'
import { draftOf, formOf, freshForm, isMonthDone, monthsAhead, monthsBack, nextCode, stillOwed } from './rules'
import type { DutyLog, MyDuties } from './schema'

const duties: MyDuties = {
  month: '2026-11-01',
  memberKind: 'managed',
  isExempt: false,
  branch: '第一网格党支部',
  posts: [{ post: 'publicist', grid: '一片', place: '东院 1号楼', gridId: 'g', buildingId: 'b' }],
  owed: [{ kind: 'publicity_round', times: 2, minutes: 30, verified: 1, waiting: 0 }],
  logs: [],
  last: null,
  places: [],
  people: [],
}
const now = new Date('2026-11-28T02:00:00Z')

describe('the form of a duty', () => {
  test('opens with what is owed, at the place of the post, half an hour ago', () => {
    expect(freshForm(duties, now)).toMatchObject({
      kind: 'publicity_round',
      minutes: 30,
      gridId: 'g',
      buildingId: 'b',
      at: '2026-11-28T09:30',
      logId: null,
    })
  })

  test('remembers the place and the minutes of the last log', () => {
    const last = { kind: 'publicity_round' as const, minutes: 50, gridId: 'g2', buildingId: null }
    expect(freshForm({ ...duties, last }, now)).toMatchObject({ minutes: 50, gridId: 'g2', buildingId: '' })
    expect(freshForm({ ...duties, last }, now, 'visit')).toMatchObject({ kind: 'visit', minutes: 30, gridId: 'g2' })
  })

  test('a returned log comes back with everything that was written', () => {
    const log = {
      id: 'l',
      kind: 'visit',
      happenedAt: now,
      minutes: 20,
      note: '看望',
      helpedCount: 1,
      helped: [{ personId: 'p', name: '李*' }],
      photos: [{ id: 'f' }],
      drafts: [{ kind: 'wish', text: '要一个放大镜' }],
      gridId: null,
      buildingId: null,
    } as unknown as DutyLog
    const form = formOf(log)
    expect(form).toMatchObject({ logId: 'l', note: '看望', people: ['p'], photos: ['f'], draftKind: 'wish' })
    expect(draftOf(form)).toEqual({ kind: 'wish', text: '要一个放大镜' })
    expect(draftOf({ ...form, draftText: ' ' })).toBeNull()
  })
})

describe('a month', () => {
  test('is done when everything is verified; what waits is not owed again', () => {
    const [owed] = duties.owed
    expect(stillOwed(owed!)).toBe(1)
    expect(stillOwed({ ...owed!, waiting: 1 })).toBe(0)
    expect(isMonthDone(duties)).toBe(false)
    expect(isMonthDone({ ...duties, owed: [{ ...owed!, verified: 2 }] })).toBe(true)
  })

  test('goes back over the turn of the year', () => {
    expect(monthsBack('2026-02-01', 3)).toEqual(['2026-02-01', '2026-01-01', '2025-12-01', '2025-11-01'])
  })
})

describe('a new version of the duties', () => {
  test('begins with a month, seven days ahead', () => {
    expect(monthsAhead('2026-11-20', 7, 2)).toEqual(['2026-12-01', '2027-01-01'])
    expect(monthsAhead('2026-11-24', 7, 1)).toEqual(['2026-12-01'])
    expect(monthsAhead('2026-11-25', 7, 1)).toEqual(['2027-01-01'])
  })
  test('is numbered within its year', () => {
    expect(nextCode(['DUTY-2026.1'], '2026-12-01')).toBe('DUTY-2026.2')
    expect(nextCode(['DUTY-2026.1'], '2027-01-01')).toBe('DUTY-2027.1')
  })
})
