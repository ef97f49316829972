import type { OutboxEntry } from '@/lib/outbox'
import { describe, expect, it } from 'vitest'
import {
  absenceActs,
  alreadyDone,
  autoMode,
  createRepeatFilter,
  leaderDays,
  needsConfirming,
  pendingFor,
  presence,
  splitRoster,
  summarize,
} from './rules'
import { aMember } from './testing'

describe('check in or out', () => {
  const shift = { startsAt: new Date(0), endsAt: new Date(7_200_000) }
  it('follows the time: in during the first half, out during the second and after the end', () => {
    expect(autoMode(shift, -3_600_000)).toBe('in')
    expect(autoMode(shift, 3_599_999)).toBe('in')
    expect(autoMode(shift, 3_600_000)).toBe('out')
    expect(autoMode(shift, 9_000_000)).toBe('out')
  })
})

describe('a code held in front of the camera', () => {
  it('counts once, however long it stays there', () => {
    const filter = createRepeatFilter(5000)
    expect(filter.isNew('a', 0)).toBe(true)
    expect(filter.isNew('a', 4000)).toBe(false)
    expect(filter.isNew('a', 8000)).toBe(false)
    expect(filter.isNew('b', 8000)).toBe(true)
    expect(filter.isNew('a', 13_001)).toBe(true)
  })
  it('may be tried again at once after a refusal', () => {
    const filter = createRepeatFilter(5000)
    filter.isNew('a', 0)
    filter.forget('a')
    expect(filter.isNew('a', 10)).toBe(true)
  })
})

describe('the list', () => {
  const roster = [
    aMember({ signupId: '1' }),
    aMember({ signupId: '2', attendanceStatus: 'checked_in' }),
    aMember({ signupId: '3', attendanceStatus: 'checked_out' }),
    aMember({ signupId: '4', status: 'attended', attendanceStatus: 'credited' }),
    aMember({ signupId: '5', status: 'excused' }),
    aMember({ signupId: '6', status: 'waitlisted' }),
    aMember({ signupId: '7', status: 'lapsed' }),
  ]
  it('counts who came of who was expected; the excused are not missed', () => {
    expect(presence(roster)).toEqual({ expected: 4, came: 3, inside: 1, toConfirm: 1, credited: 1 })
  })
  it('keeps those who wait apart and forgets lapsed offers', () => {
    const { placed, waiting } = splitRoster(roster)
    expect(placed.map((m) => m.signupId)).toEqual(['1', '2', '3', '4', '5'])
    expect(waiting.map((m) => m.signupId)).toEqual(['6'])
  })
  it('always offers today, also when nothing is on', () => {
    expect(leaderDays([], '2026-11-22')).toEqual([{ day: '2026-11-22', count: 0 }])
  })
})

describe('what the leader still owes', () => {
  const over = (checkedIn: number, checkedOut: number) => ({
    endsAt: new Date(1000),
    attendance: { checkedIn, checkedOut, credited: 3 },
  })
  it('is a shift that is over with somebody not yet checked out or confirmed', () => {
    expect(needsConfirming(over(1, 0), 1001)).toBe(true)
    expect(needsConfirming(over(0, 2), 1001)).toBe(true)
    expect(needsConfirming(over(0, 0), 1001)).toBe(false)
    expect(needsConfirming(over(1, 1), 999)).toBe(false)
  })
})

describe('scans that wait in the outbox', () => {
  const member = aMember()
  const entry = (command: string, args: Record<string, unknown>) =>
    ({ command, args: { p_shift_id: 's', ...args } }) as unknown as OutboxEntry

  it('belong to a member by hand or by code', () => {
    expect(pendingFor(member, 's', [entry('check_in', { p_signup_id: 'signup-1' })])).toBe('in')
    const code = `SLM1:${member.personId}:59000000:123456`
    expect(pendingFor(member, 's', [entry('check_in', { p_code: code }), entry('check_out', { p_code: code })])).toBe(
      'out',
    )
    expect(pendingFor(member, 'other', [entry('check_in', { p_code: code })])).toBeNull()
  })
  it('are not sent twice, but a check-out may follow a waiting check-in', () => {
    expect(alreadyDone(member, 'in', 'in')).toBe('already_in')
    expect(alreadyDone(member, 'out', 'in')).toBeNull()
    expect(alreadyDone(aMember({ attendanceStatus: 'checked_in' }), 'in', null)).toBe('already_in')
    expect(alreadyDone(aMember({ attendanceStatus: 'checked_in' }), 'out', null)).toBeNull()
    expect(alreadyDone(aMember({ attendanceStatus: 'credited' }), 'out', null)).toBe('credited')
    expect(alreadyDone(undefined, 'in', null)).toBeNull()
  })
})

describe('the summary of 「全部确认」', () => {
  it('adds up and names those passed over', () => {
    const members = [aMember({ signupId: 'a', name: '甲' }), aMember({ signupId: 'b', name: '乙' })]
    expect(
      summarize(
        {
          credited: [{ signupId: 'a', minutes: 95, points: 15 }],
          skipped: [{ signupId: 'b', reason: 'not_checked_out' }],
        },
        members,
      ),
    ).toEqual({ people: 1, minutes: 95, points: 15, skipped: [{ name: '乙', reason: 'not_checked_out' }] })
  })
  it('speaks of no points where points are switched off', () => {
    expect(summarize({ credited: [{ signupId: 'a', minutes: 5, points: null }], skipped: [] }, []).points).toBeNull()
  })
})

describe('somebody who did not come', () => {
  const shift = { startsAt: new Date('2026-11-20T01:00:00Z'), endsAt: new Date('2026-11-20T03:00:00Z') }
  const at = (time: string) => new Date(time).getTime()

  it('is excused from 12 hours before the start until 7 days after the end, and marked after the end', () => {
    const acts = (time: string, change = {}) => absenceActs(aMember(change), shift, at(time))
    expect(acts('2026-11-19T12:59:59Z')).toEqual({ excuse: false, noShow: false })
    expect(acts('2026-11-19T13:00:00Z')).toEqual({ excuse: true, noShow: false })
    expect(acts('2026-11-20T03:00:00Z')).toEqual({ excuse: true, noShow: true })
    expect(acts('2026-11-27T03:00:01Z')).toEqual({ excuse: false, noShow: true })
    expect(acts('2026-11-20T03:00:00Z', { status: 'no_show' })).toEqual({ excuse: true, noShow: false })
  })

  it('is never oneself, nor anybody who came', () => {
    const after = at('2026-11-20T04:00:00Z')
    const nothing = { excuse: false, noShow: false }
    expect(absenceActs(aMember({ isMe: true }), shift, after)).toEqual(nothing)
    expect(absenceActs(aMember({ attendanceStatus: 'checked_in' }), shift, after)).toEqual(nothing)
    expect(absenceActs(aMember({ status: 'excused' }), shift, after)).toEqual(nothing)
    expect(absenceActs(aMember({ status: 'attended', attendanceStatus: 'reversed' }), shift, after)).toEqual(nothing)
  })
})
