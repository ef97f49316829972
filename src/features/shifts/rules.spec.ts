import { parseTime } from '@/lib/time'
import { describe, expect, it } from 'vitest'
import {
  NO_FILTERS,
  appealUntil,
  canJoin,
  eligibility,
  filterShifts,
  freePlaces,
  groupByDay,
  isLateCancel,
  placesPhrase,
  reasonPhrase,
  rolePhrases,
  sharedReasons,
  shiftAction,
  signupState,
  splitSignups,
  stripDays,
  timeLeftPhrase,
} from './rules'
import { aRole, aShift, aShiftDetail, aSignup } from './testing'

const NOW = parseTime('2026-11-22T09:00:00+08:00').getTime()
const at = (text: string) => parseTime(text)

describe('places in words', () => {
  it('says how many are still needed', () => {
    expect(placesPhrase({ capacity: 5, taken: 3, waiting: 0 })).toEqual({
      key: 'shifts.places.needed',
      params: { n: 2 },
    })
  })
  it('offers the waiting list with the number ahead when full', () => {
    expect(placesPhrase({ capacity: 5, taken: 5, waiting: 3 })).toEqual({
      key: 'shifts.places.waiting',
      params: { n: 3 },
    })
    expect(placesPhrase({ capacity: 5, taken: 5, waiting: 0 }).key).toBe('shifts.places.full')
  })
  it('counts a place that is free but waited for as taken: those who wait are served first', () => {
    expect(freePlaces({ capacity: 5, taken: 4, waiting: 2 })).toBe(0)
  })
})

describe('「我能参加的」', () => {
  it('leaves out full, clashing and ineligible shifts', () => {
    const full = { capacity: 1, taken: 1, waiting: 0, roles: [] }
    expect(canJoin(aShift())).toBe(true)
    expect(canJoin(aShift({ places: full }))).toBe(false)
    expect(canJoin(aShift({ clash: { title: '义诊', startsAt: new Date(NOW) } }))).toBe(false)
    expect(canJoin(aShift({ whyNot: 'too_young' }))).toBe(false)
  })
  it('keeps what was already claimed in sight, also when it is full', () => {
    const full = { capacity: 1, taken: 1, waiting: 0, roles: [] }
    expect(canJoin(aShift({ places: full, mine: { signupId: 's', status: 'confirmed' } }))).toBe(true)
  })
  it('shows a newcomer what one tap of registration opens', () => {
    expect(eligibility(aShift({ whyNot: 'not_a_volunteer' }))).toEqual({ kind: 'register' })
  })
  it('explains every reason in words, also one it does not know', () => {
    expect(reasonPhrase(aShift({ whyNot: 'too_young' }))?.key).toBe('shifts.why_not.too_young')
    expect(reasonPhrase(aShift({ whyNot: 'something_new' }))?.key).toBe('shifts.why_not.other')
    expect(reasonPhrase(aShift())).toBeNull()
  })
})

describe('the list', () => {
  const today = aShift({ id: 'a', startsAt: at('2026-11-22T14:00:00+08:00') })
  const near = aShift({ id: 'b', startsAt: at('2026-11-22T16:00:00+08:00'), isNear: true })
  const late = aShift({ id: 'c', startsAt: at('2026-11-22T23:30:00+08:00'), corpsColor: 'green_eco' })
  const tomorrow = aShift({ id: 'd', startsAt: at('2026-11-23T00:10:00+08:00'), placeId: 'p2' })

  it('cuts days in Shanghai and puts near ones first', () => {
    const groups = groupByDay([today, near, late, tomorrow])
    expect(groups.map((g) => [g.day, g.shifts.map((s) => s.id)])).toEqual([
      ['2026-11-22', ['b', 'a', 'c']],
      ['2026-11-23', ['d']],
    ])
  })
  it('filters by day, colour and place together', () => {
    const ids = (f: Partial<typeof NO_FILTERS>) =>
      filterShifts([today, near, late, tomorrow], { ...NO_FILTERS, ...f }, NOW).map((s) => s.id)
    expect(ids({ day: '2026-11-23' })).toEqual(['d'])
    expect(ids({ colors: ['green_eco'] })).toEqual(['c'])
    expect(ids({ colors: ['green_eco'], placeId: 'p2' })).toEqual([])
  })
  it('drops what has started since it was loaded', () => {
    expect(filterShifts([today], NO_FILTERS, today.startsAt.getTime())).toEqual([])
  })
  it('counts per day under the other filters', () => {
    const days = stripDays([today, late, tomorrow], { ...NO_FILTERS, day: '2026-11-23' }, NOW)
    expect(days).toHaveLength(14)
    expect(days.slice(0, 3).map((d) => d.count)).toEqual([2, 1, 0])
  })
})

describe('my sign-ups', () => {
  it('puts offers with the least time first, then what comes, then what was', () => {
    const signups = [
      aSignup({
        signupId: 'past',
        startsAt: at('2026-11-20T09:00+08:00'),
        endsAt: at('2026-11-20T11:00+08:00'),
        status: 'attended',
        attendanceStatus: 'credited',
      }),
      aSignup({ signupId: 'soon' }),
      aSignup({ signupId: 'waits', status: 'waitlisted', ahead: 2 }),
      aSignup({ signupId: 'offer2', status: 'offered', offerExpiresAt: new Date(NOW + 7_200_000) }),
      aSignup({ signupId: 'offer1', status: 'offered', offerExpiresAt: new Date(NOW + 60_000) }),
      aSignup({ signupId: 'gone', status: 'offered', offerExpiresAt: new Date(NOW - 1) }),
    ]
    const sections = splitSignups(signups, NOW)
    expect(sections.offers.map((s) => s.signupId)).toEqual(['offer1', 'offer2'])
    expect(sections.upcoming.map((s) => s.signupId)).toEqual(['soon'])
    expect(sections.waiting.map((s) => s.signupId)).toEqual(['waits'])
    expect(sections.past.map((s) => s.signupId)).toEqual(['gone', 'past'])
  })
  it('judges an offer by time, not by what was loaded', () => {
    const offer = { status: 'offered' as const, offerExpiresAt: new Date(NOW), endsAt: new Date(NOW + 1) }
    expect(signupState(offer, null, NOW - 1)).toBe('offered')
    expect(signupState(offer, null, NOW)).toBe('lapsed')
  })
  it('warns of a late cancel only under 12 hours and only for a confirmed place', () => {
    const startsAt = new Date(NOW + 12 * 3_600_000)
    expect(isLateCancel({ status: 'confirmed', startsAt }, NOW)).toBe(false)
    expect(isLateCancel({ status: 'confirmed', startsAt }, NOW + 1)).toBe(true)
    expect(isLateCancel({ status: 'waitlisted', startsAt }, NOW + 1)).toBe(false)
  })
  it('counts the time left in minutes, never in seconds', () => {
    expect(timeLeftPhrase(new Date(NOW + 12_000_000), NOW)).toEqual({
      key: 'shifts.time_left.hours',
      params: { hours: 3, minutes: 20 },
    })
    expect(timeLeftPhrase(new Date(NOW + 30_000), NOW).key).toBe('shifts.time_left.moment')
  })
})

describe('what one can do with a shift', () => {
  it('is closed once it has started, with the reason', () => {
    const shift = aShiftDetail()
    expect(shiftAction(shift, false, shift.startsAt.getTime())).toEqual({ kind: 'closed', reason: 'started' })
    expect(shiftAction(shift, false, shift.endsAt.getTime())).toEqual({ kind: 'closed', reason: 'ended' })
    expect(shiftAction(aShiftDetail({ status: 'cancelled' }), false, NOW)).toMatchObject({ reason: 'cancelled' })
  })
  it('is 待同步 while a claim waits, and the server has the last word', () => {
    expect(shiftAction(aShiftDetail(), true, NOW)).toEqual({ kind: 'pending' })
    const mine = {
      signupId: 's',
      status: 'confirmed' as const,
      offerExpiresAt: null,
      role: 'helper' as const,
      ahead: 0,
      standIn: null,
      attendance: null,
    }
    expect(shiftAction(aShiftDetail({ mine }), true, NOW)).toEqual({
      kind: 'manage',
      state: 'upcoming',
      canCancel: true,
    })
  })
  it('cannot be cancelled after the check-in', () => {
    const attendance = { status: 'checked_in' as const, checkedInAt: new Date(NOW), checkedOutAt: null, minutes: null }
    const mine = {
      signupId: 's',
      status: 'confirmed' as const,
      offerExpiresAt: null,
      role: 'helper' as const,
      ahead: 0,
      standIn: null,
      attendance,
    }
    expect(shiftAction(aShiftDetail({ mine }), false, NOW)).toEqual({
      kind: 'manage',
      state: 'checked_in',
      canCancel: false,
    })
  })
})

describe('an absence', () => {
  it('may be objected to for 7 days, once', () => {
    const at = parseTime('2026-11-20T11:00:00+08:00')
    const day = 86_400_000
    expect(appealUntil({ status: 'active', at }, at.getTime() + 7 * day)?.getTime()).toBe(at.getTime() + 7 * day)
    expect(appealUntil({ status: 'active', at }, at.getTime() + 7 * day + 1)).toBeNull()
    expect(appealUntil({ status: 'appealed', at }, at.getTime())).toBeNull()
  })

  it('that was excused does not keep anybody from signing up after all', () => {
    const mine = { signupId: 's', status: 'excused' as const }
    expect(eligibility(aShift({ mine })).kind).toBe('open')
  })

  it('pauses with its own words', () => {
    expect(reasonPhrase(aShift({ whyNot: 'paused_by_strikes' }))?.key).toBe('shifts.why_not.paused_by_strikes')
  })

  it('leaves hours that were taken back as taken back', () => {
    const signup = aSignup({ status: 'attended', attendanceStatus: 'reversed' })
    expect(signupState(signup, signup.attendanceStatus, signup.endsAt.getTime())).toBe('reversed')
  })
})

describe('why not', () => {
  const reason = (slug: string) => ({ slug, age: null, max: null, qualification: null, at: null })

  it('says once what holds for every role', () => {
    const roles = [
      { reasons: [reason('too_young'), reason('guardian_required')] },
      { reasons: [reason('guardian_required'), reason('qualification_missing')] },
    ]
    expect(sharedReasons(roles).map(({ slug }) => slug)).toEqual(['guardian_required'])
    expect(sharedReasons([])).toEqual([])
  })

  it('names what a role asks for', () => {
    const keys = (role: Parameters<typeof aRole>[0]) => rolePhrases(aRole(role)).map(({ key }) => key)
    expect(keys({})).toEqual([])
    expect(keys({ qualificationKind: 'electrician', minAge: 18, maxAge: 60 })).toEqual([
      'shifts.qualification.electrician',
      'shifts.role_age.between',
    ])
    expect(keys({ maxAge: 60 })).toEqual(['shifts.role_age.to'])
  })

  it('a full shift stays among 「我能参加的」 while somebody hands a place on', () => {
    const full = { capacity: 1, taken: 1, waiting: 0, roles: [] }
    expect(canJoin(aShift({ places: full, hasOpenCall: true }))).toBe(true)
    expect(canJoin(aShift({ places: full }))).toBe(false)
  })
})
