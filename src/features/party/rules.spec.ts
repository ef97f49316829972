import { describe, expect, test } from 'vitest'
import {
  blocksOf,
  duesToNote,
  meetingName,
  meetingsDue,
  pointsText,
  quarterCards,
  signed,
  yearAtWork,
  yearClose,
} from './rules'
import type { BranchScores, Desk, DeskMember, Score, ScoredMember } from './schema'

const line = (code: string, block: string, points: number, max: number | null, months: number) => ({
  code,
  block,
  unitPoints: 1,
  per: 1,
  max,
  points,
  months: Array.from({ length: months }, (_, n) => ({
    month: n + 1,
    points: 1,
    units: 1,
    sources: [],
    isPosted: true,
  })),
})

describe('a score', () => {
  test('is shown by block; nothing is said about deductions where there are none', () => {
    const score = {
      lines: [line('meetings', 'A', 3, 20, 3), line('dues', 'A', 1.5, 6, 3), line('absence', 'less', 0, null, 0)],
    } as unknown as Score
    expect(blocksOf(score).map(({ block, points, max }) => [block, points, max])).toEqual([['A', 4.5, 26]])
    const less = { lines: [line('absence', 'less', -2, null, 1)] } as unknown as Score
    expect(blocksOf(less)).toMatchObject([{ block: 'less', points: -2, max: null }])
  })

  test('is written without trailing zeros', () => {
    expect([pointsText(1.25), pointsText(3), pointsText(0.1 + 0.2), signed(2), signed(-1)]).toEqual([
      '1.25',
      '3',
      '0.3',
      '+2',
      '-1',
    ])
  })
})

describe('the quarters of a branch', () => {
  const member = (personId: string, quarters: number[], isExempt = false): ScoredMember => ({
    personId,
    name: personId,
    memberKind: 'managed',
    isExempt,
    hasProof: false,
    needsReview: !isExempt,
    grade: null,
    score: 0,
    blocks: {},
    due: isExempt ? [] : [1, 2, 3, 4],
    exemptQuarters: [],
    closes: !isExempt,
    months: isExempt ? 0 : 12,
    quarters: quarters.map((quarter) => ({ quarter, score: 1, isBehind: quarter === 1 })),
    band: null,
    hasVeto: false,
  })
  const scores: BranchScores = {
    year: 2026,
    line: 60,
    me: 'me',
    openLogs: { 2: 3 },
    objectionsUntil: '2027-01-20',
    members: [member('a', [1]), member('b', [1]), member('me', []), member('old', [], true)],
    objections: [],
  }

  test('are confirmed in order, never before their end, the own one by others', () => {
    expect(quarterCards(scores, '2026-11-28').map(({ state, left, openLogs }) => [state, left, openLogs])).toEqual([
      ['confirmed', 0, 0],
      ['open', 2, 3],
      ['blocked', 2, 0],
      ['running', 2, 0],
    ])
    expect(quarterCards(scores, '2026-11-28')[0]).toMatchObject({ ownOpen: true, behind: 2, confirmed: 2 })
    expect(quarterCards(scores, '2027-01-02')[3]!.state).toBe('blocked')
  })

  test('are due from the quarter of joining, and not while exempt', () => {
    const joined = { ...member('new', []), due: [3, 4], closes: true }
    const ill = { ...member('ill', [1]), due: [1, 3, 4] }
    const cards = quarterCards({ ...scores, members: [joined, ill] }, '2027-01-02')
    expect(cards.map(({ state, left }) => [state, left])).toEqual([
      ['confirmed', 0],
      ['confirmed', 0],
      ['open', 2],
      ['blocked', 2],
    ])
    expect(['2027-01-01', '2027-03-31', '2027-04-01'].map(yearAtWork)).toEqual([2026, 2026, 2027])
  })

  test('end in a year that waits for quarters, reviews and the time of objections', () => {
    expect(yearClose(scores, '2026-12-31')).toBe(null)
    expect(yearClose(scores, '2027-01-20')).toMatchObject({
      quartersLeft: 3,
      left: 2,
      until: '2027-01-20',
      isReady: false,
    })
    const all = [1, 2, 3, 4]
    const done = {
      ...scores,
      members: [{ ...member('a', all), grade: 'qualified' as const }, member('b', all), member('me', [])],
    }
    expect(yearClose(done, '2027-01-21')).toMatchObject({ quartersLeft: 0, until: null, isReady: false })
    expect(yearClose(done, '2027-01-21')!.reviewsMissing.map(({ personId }) => personId)).toEqual(['b'])
    const reviewed = { ...done, members: done.members.map((m) => ({ ...m, grade: 'qualified' as const })) }
    expect(yearClose(reviewed, '2027-01-21')).toMatchObject({ isReady: true, left: 2 })
    expect(
      yearClose({ ...reviewed, members: reviewed.members.map((m) => ({ ...m, band: 'good' })) }, '2027-01-21'),
    ).toBe(null)
  })
})

describe('三会一课', () => {
  test('are due by month, quarter and year', () => {
    const desk = {
      held: { theme_day: '2026-11-05', member_assembly: '2026-09-19', party_lecture: '2026-10-02' },
    } as unknown as Desk
    const due = Object.fromEntries(meetingsDue(desk, '2026-11-28').map(({ kind, isDue }) => [kind, isDue]))
    expect(due).toMatchObject({
      theme_day: false,
      member_assembly: true,
      party_lecture: false,
      organisation_life: true,
    })
  })
})

test('a meeting says its kind once', () => {
  expect(meetingName('党小组会', '党小组会')).toBe('党小组会')
  expect(meetingName('党课', '党课：身边的榜样')).toBe('党课：身边的榜样')
  expect(meetingName('党课', '身边的榜样')).toBe('党课 · 身边的榜样')
})

test('dues noted before are left alone, unless one member is corrected', () => {
  const member = (personId: string, memberKind: DeskMember['memberKind'] = 'managed') =>
    ({ personId, memberKind }) as DeskMember
  const people = [member('a'), member('b'), member('c', 'in_service'), member('d')]
  const paid = { a: '2026-11-05', d: null }
  expect(duesToNote(people, paid).map((m) => m.personId)).toEqual(['b', 'd'])
  expect(duesToNote([member('a')], paid).map((m) => m.personId)).toEqual(['a'])
})
