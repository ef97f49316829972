import { describe, expect, it } from 'vitest'
import type { Activity } from './types'
import {
  activityProblems,
  byNextShift,
  draftOf,
  emptyDraft,
  isOver,
  newShift,
  payloadOf,
  publishProblems,
  repeatWeekly,
  shiftMonth,
  shiftTimes,
} from './rules'

const NOW = '2026-11-22T10:00:00+08:00'
const ready = () => ({
  ...emptyDraft('c1', '2026-11-22'),
  title: '清洁家园',
  category: 'environment' as const,
  riskNote: '注意来往车辆',
})
const keys = (draft: ReturnType<typeof ready>, forReview = true) => {
  const problems = activityProblems(draft, NOW, forReview)
  return Object.fromEntries(Object.entries(problems).map(([field, p]) => [field, p.key]))
}

describe('a draft', () => {
  it('can be saved before its risks are written, but not handed in', () => {
    const draft = { ...ready(), riskNote: ' ' }
    expect(keys(draft, false)).toEqual({})
    expect(keys(draft)).toEqual({ riskNote: 'risk_missing' })
  })

  it('needs an insurance when hazardous and a qualification when professional', () => {
    expect(keys({ ...ready(), isHazardous: true })).toEqual({ insuranceRef: 'insurance_missing' })
    expect(keys({ ...ready(), isProfessional: true }, false)).toEqual({ qualification: 'qualification_missing' })
  })

  it('counts its title in characters as people see them', () => {
    expect(keys({ ...ready(), title: '𠮷'.repeat(40) })).toEqual({})
    expect(keys({ ...ready(), title: '𠮷'.repeat(41) })).toEqual({ title: 'too_long' })
  })

  it('sends no insurance that was typed before 「有危险」 was switched off', () => {
    expect(payloadOf({ ...ready(), isHazardous: false, insuranceRef: 'PICC-1' })['insurance_ref']).toBeNull()
  })
})

describe('a shift', () => {
  const shift = newShift('2026-11-22')

  it('ends on the next day when its end is before its start', () => {
    const times = shiftTimes({ ...shift, day: '2026-11-28', start: '22:00', end: '01:30' })
    expect(times?.startsAt.toISOString()).toBe('2026-11-28T14:00:00.000Z')
    expect(times?.endsAt.toISOString()).toBe('2026-11-28T17:30:00.000Z')
  })

  it('lies ahead, lasts 15 minutes to 12 hours, and has places', () => {
    const time = (change: object) => {
      const draft = ready()
      const [first] = draft.shifts
      draft.shifts = [{ ...first!, ...change }]
      return Object.values(keys(draft, false))[0]
    }
    expect(time({ day: '2026-11-22', start: '09:00', end: '11:00' })).toBe('time_past')
    expect(time({ start: '09:00', end: '09:10' })).toBe('time_length')
    expect(time({ start: '06:00', end: '19:00' })).toBe('time_length')
    expect(time({ day: '2028-11-22' })).toBe('time_far')
    expect(time({ day: '' })).toBe('time_missing')
    expect(time({ roles: [{ id: 'r', name: 'helper', capacity: 0 }] })).toBe('places_missing')
    expect(time({ roles: [{ id: 'r', name: 'helper', capacity: 501 }] })).toBe('places_range')
  })

  it('is repeated in the following weeks as shifts of their own, never twice on one day', () => {
    const first = { ...shift, day: '2026-11-28' }
    const second = { ...newShift('2026-11-22'), day: '2026-12-05' }
    const copies = repeatWeekly([first, second], first, 3)
    expect(copies.map((c) => c.day)).toEqual(['2026-12-12', '2026-12-19'])
    expect(new Set([first.id, second.id, ...copies.map((c) => c.id)]).size).toBe(4)
    expect(copies[0]!.roles[0]!.id).not.toBe(first.roles[0]!.id)
  })
})

const activity = (id: string, ...starts: string[]): Activity => ({
  id,
  corps: { id: 'c1', name: '绿芽队', color: 'green_eco' },
  title: '清洁家园',
  summary: '',
  riskNote: '注意车辆',
  category: 'environment',
  place: null,
  meetingPoint: '',
  isVolunteerService: true,
  isHazardous: false,
  insuranceRef: '',
  qualification: null,
  minAge: 14,
  status: 'published',
  statusReason: null,
  createdAt: new Date(NOW),
  shifts: starts.map((start, i) => ({
    id: `${id}-${i}`,
    startsAt: new Date(start),
    endsAt: new Date(new Date(start).getTime() + 7_200_000),
    opensAt: null,
    isCancelled: false,
    roles: [{ id: 'r', name: 'helper', capacity: 5, taken: 1 }],
  })),
})

describe('an activity of the server', () => {
  const past = activity('past', '2026-11-01T01:00:00Z')
  const both = activity('both', '2026-11-01T01:00:00Z', '2026-12-01T01:00:00Z')
  const soon = activity('soon', '2026-11-24T01:00:00Z')

  it('is over when its last shift has ended', () => {
    expect([past, both, soon].map((a) => isOver(a, NOW))).toEqual([true, false, false])
  })

  it('is listed by the shift that comes next', () => {
    expect(byNextShift([both, soon], NOW).map((a) => a.id)).toEqual(['soon', 'both'])
  })

  it('cannot be published once all its shifts have passed, or without its risks', () => {
    expect(publishProblems(soon, NOW)).toEqual([])
    expect(publishProblems({ ...past, riskNote: '' }, NOW)).toEqual(['risk_missing', 'all_past'])
  })

  it('comes back from the form as it went in', () => {
    const saved = payloadOf(draftOf(soon))
    expect(saved['shifts']).toMatchObject([
      { id: 'soon-0', starts_at: '2026-11-24T01:00:00.000Z', ends_at: '2026-11-24T03:00:00.000Z' },
    ])
  })
})

describe('the calendar', () => {
  it('turns the year', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01')
    expect(shiftMonth('2026-01', -1)).toBe('2025-12')
  })
})
