import { parseTime } from '@/lib/time'
import type { MySignup, RolePlaces, Shift, ShiftDetail } from './schema'

export function aRole(change: Partial<RolePlaces> = {}): RolePlaces {
  return {
    name: 'helper',
    capacity: 5,
    taken: 3,
    reserved: 0,
    waiting: 0,
    qualificationKind: null,
    minAge: null,
    maxAge: null,
    ...change,
  }
}

/** Builders for specs: a shift on 2026-11-22 14:00–16:00, five places, three taken. */
export function aShift(change: Partial<Shift> = {}): Shift {
  return {
    id: 'shift-1',
    startsAt: parseTime('2026-11-22T14:00:00+08:00'),
    endsAt: parseTime('2026-11-22T16:00:00+08:00'),
    activityId: 'activity-1',
    title: '清洁家园',
    category: 'environment',
    isHazardous: false,
    qualificationKind: null,
    corpsId: 'corps-1',
    corpsColor: 'red_relief',
    corpsName: '绿色生态队',
    placeId: 'p1',
    placeName: '梧桐里一期',
    isNear: false,
    places: { capacity: 5, taken: 3, waiting: 0, roles: [aRole()] },
    mine: null,
    whyNot: null,
    hasOpenCall: false,
    clash: null,
    ...change,
  }
}

export function aShiftDetail(change: Partial<ShiftDetail> = {}): ShiftDetail {
  return {
    id: 'shift-1',
    startsAt: parseTime('2026-11-22T14:00:00+08:00'),
    endsAt: parseTime('2026-11-22T16:00:00+08:00'),
    status: 'open',
    activityStatus: 'published',
    statusReason: null,
    title: '清洁家园',
    summary: null,
    riskNote: '注意来往车辆',
    category: 'environment',
    meetingPoint: '东门岗亭',
    isHazardous: false,
    insuranceRef: null,
    qualificationKind: null,
    minAge: 14,
    corpsId: 'corps-1',
    corpsColor: 'green_eco',
    corpsName: '绿色生态队',
    corpsRelayPhone: '14400000001',
    placeName: '梧桐里一期',
    placeAddress: null,
    places: { capacity: 5, taken: 3, waiting: 0, roles: [aRole()] },
    mine: null,
    opensAt: null,
    eligibility: [{ role: 'helper', reasons: [] }],
    whyNot: null,
    standIns: [],
    mayReserve: false,
    clash: null,
    iLead: false,
    ...change,
  }
}

/** Reasons why a person cannot take the only role, for `aShiftDetail`. */
export function notFor(...slugs: string[]): Pick<ShiftDetail, 'whyNot' | 'eligibility'> {
  const reasons = slugs.map((slug) => ({ slug, age: 16, max: null, qualification: null, at: null }))
  return { whyNot: slugs[0] ?? null, eligibility: [{ role: 'helper', reasons }] }
}

export function aSignup(change: Partial<MySignup> = {}): MySignup {
  return {
    signupId: 'signup-1',
    status: 'confirmed',
    offerExpiresAt: null,
    reason: null,
    byHelper: false,
    role: 'helper',
    ahead: null,
    standIn: null,
    shiftId: 'shift-1',
    startsAt: parseTime('2026-11-22T14:00:00+08:00'),
    endsAt: parseTime('2026-11-22T16:00:00+08:00'),
    title: '清洁家园',
    corpsColor: 'green_eco',
    corpsName: '绿色生态队',
    corpsRelayPhone: null,
    placeName: '梧桐里一期',
    meetingPoint: null,
    attendanceStatus: null,
    checkedInAt: null,
    checkedOutAt: null,
    minutes: null,
    leftClaimedAt: null,
    ...change,
  }
}
