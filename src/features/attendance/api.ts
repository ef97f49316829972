import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
import type { LeaderShift, MemberCode, RosterMember } from './schema'
import { leaderShiftsSchema, memberCodeSchema, rosterSchema } from './schema'

/**
 * The seed of a person's rotating code. It stays on this device until sign-out, so that the
 * code can be shown in a basement. Errors: not_a_member, not_allowed.
 */
export async function getMemberCode(communityId: string, forPersonId: string | null): Promise<MemberCode> {
  const answer = await keepingLast(
    ['member-code', communityId, forPersonId ?? 'me'],
    () => rpc('my_member_code', { p_community_id: communityId, p_for_person_id: forPersonId }),
    Infinity,
  )
  return parseAnswer(memberCodeSchema, answer)
}

/** Shifts the leader answers for, from 10 days ago to 30 days ahead. Errors: not_allowed. */
export async function listLeaderShifts(communityId: string): Promise<LeaderShift[]> {
  const answer = await keepingLast(['leader-shifts', communityId], () =>
    rpc('leader_shifts', { p_community_id: communityId }),
  )
  return parseAnswer(leaderShiftsSchema, answer)
}

/** The list of one shift, for its leader. Errors: not_allowed. */
export async function getRoster(communityId: string, shiftId: string): Promise<RosterMember[]> {
  const answer = await keepingLast(['roster', communityId, shiftId], () =>
    rpc('shift_roster', { p_community_id: communityId, p_shift_id: shiftId }),
  )
  return parseAnswer(rosterSchema, answer)
}
