import { expect, test } from 'vitest'
import {
  corpsWithoutOne,
  gateWords,
  isMarked,
  lineWords,
  nextAct,
  partOf,
  periodsToChoose,
  shownStep,
  statusWord,
  weightSum,
} from './rules'
import type { Candidate, Cycle, CycleBoard, Objection } from './schema'

const board = (cycle: Partial<Cycle>, rest: Partial<CycleBoard> = {}) => ({
  cycle: {
    status: 'collecting',
    quorum: 2,
    panel: 3,
    collect_until: '2026-11-20',
    accepted: 1,
    undecided: 0,
    signatures: 0,
    shortlisted: 1,
    ...cycle,
  } as Cycle,
  notice: null,
  objections: [],
  today: '2026-11-21',
  ...rest,
})

test('the next step waits for what is missing', () => {
  expect(nextAct(board({ status: 'drafting', panel: 1 }))).toEqual({ act: 'name_panel', waits: 'panel' })
  expect(nextAct(board({ status: 'drafting' }))).toEqual({ act: 'open_cycle', waits: null })
  expect(nextAct(board({ panel: 1 }))).toEqual({ act: 'name_panel', waits: 'panel' })
  expect(nextAct(board({}, { today: '2026-11-20' })).waits).toBe('until')
  expect(nextAct(board({ accepted: 0 })).waits).toBeNull()
  expect(nextAct(board({})).waits).toBeNull()
  expect(nextAct(board({ status: 'scored', undecided: 2 })).waits).toBe('decide')
  expect(nextAct(board({ status: 'panel', signatures: 1 })).waits).toBe('sign')
  expect(nextAct(board({ status: 'panel', signatures: 2 }))).toEqual({ act: 'publish_notice', waits: null })
  const notice = { id: 'n', first_day: '', last_day: '', is_open: false, open_objections: 1, objections: 1 }
  expect(nextAct(board({ status: 'objections' }, { notice })).waits).toBe('objections')
  expect(nextAct(board({ status: 'publicity' }, { notice: { ...notice, is_open: true } })).waits).toBe('notice')
  const answered = { notice: { ...notice, open_objections: 0 }, objections: [{ holds: true } as Objection] }
  expect(nextAct(board({ status: 'objections' }, answered)).waits).toBe('upheld')
  expect(nextAct(board({ status: 'archived' })).act).toBeNull()
})

test('an award is of this or the last year, or of the last four quarters', () => {
  expect(periodsToChoose('year', '2026-02-03')).toEqual(['2026', '2025'])
  expect(periodsToChoose('quarter', '2026-02-03')).toEqual(['2026-Q1', '2025-Q4', '2025-Q3', '2025-Q2'])
  expect(periodsToChoose('year', '2026-02-03', '2024')).toEqual(['2026', '2025', '2024'])
})

test('a cycle that honours nobody has ended, and granted nothing', () => {
  expect(statusWord({ status: 'confirmed', granted: 0, sees_counts: true })).toBe('ended')
  expect(statusWord({ status: 'confirmed', granted: 2, sees_counts: true })).toBe('confirmed')
  expect(statusWord({ status: 'confirmed', granted: 0, sees_counts: false })).toBe('confirmed')
  expect(statusWord({ status: 'archived', granted: 0, sees_counts: true })).toBe('archived')
})

test('locked and scored, publicity and objections are one stretch each', () => {
  expect(shownStep('locked')).toBe(shownStep('scored'))
  expect(shownStep('objections')).toBe(shownStep('publicity'))
})

test('a line is explained with hours and averages, and says its part of the score', () => {
  expect(lineWords({ inputs: { minutes: 1950, p90_minutes: 2460, records: 12 }, params: {} })).toMatchObject({
    hours: 32.5,
    p90: 41,
    records: 12,
  })
  expect(lineWords({ inputs: { n: 3, total: 14 }, params: { prior: 4.2, prior_n: 5 } })).toMatchObject({
    average: 4.67,
    prior: 4.2,
  })
  expect(lineWords({ inputs: { n: 0, total: 0 }, params: {} })).toMatchObject({ average: '—' })
  expect(partOf({ value: 92.35, weight: 40 })).toBe(36.94)
  expect(partOf({ value: null, weight: 40 })).toBeNull()
  expect(gateWords({ gate: 'minutes', needed: 1200, found: 600, ok: false })).toMatchObject({
    needed_hours: 20,
    found_hours: 10,
  })
})

test('a corps with somebody qualified and nobody on the list is named', () => {
  const one = (corps_name: string, status: string) => ({ corps_name, status }) as Candidate
  expect(corpsWithoutOne([one('绿队', 'shortlisted'), one('蓝队', 'qualified'), one('红队', 'unqualified')])).toEqual([
    '蓝队',
  ])
})

test('weights add up, and marks are complete', () => {
  expect(weightSum({ hours: 60, months: null, rating: 40 })).toBe(100)
  expect(isMarked({ overall: 4 }, null)).toBe(true)
  expect(isMarked({ morality: 4 }, { morality: 20, ability: 80 })).toBe(false)
})
