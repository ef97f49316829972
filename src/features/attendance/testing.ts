import type { RosterMember } from './schema'

/** A member who is expected; builders for specs. */
export function aMember(change: Partial<RosterMember> = {}): RosterMember {
  return {
    signupId: 'signup-1',
    status: 'confirmed',
    personId: '0193b8a0-0000-7000-8000-000000000001',
    isMe: false,
    name: '王小明',
    phoneMasked: '144****0001',
    role: 'helper',
    byHelper: false,
    hasPhone: true,
    volunteerNo: null,
    attendanceStatus: null,
    checkedInAt: null,
    checkedInVia: null,
    checkedOutAt: null,
    checkedOutVia: null,
    minutes: null,
    leftClaimedAt: null,
    recordId: null,
    creditedMinutes: null,
    creditedPoints: null,
    ...change,
  }
}
