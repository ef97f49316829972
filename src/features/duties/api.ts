import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
import type { MyDuties, ReviewedLog } from './schema'
import { myDutiesSchema, verifyListSchema } from './schema'

/**
 * The member's month with what the form needs; kept, so that a duty can be logged without network.
 * @param month first day, `YYYY-MM-01`; null for this month
 */
export async function fetchMyDuties(communityId: string, month: string | null): Promise<MyDuties> {
  const answer = await keepingLast(['my-duties', communityId, month ?? 'now'], () =>
    rpc('my_duties', { p_community_id: communityId, p_month: month }),
  )
  return parseAnswer(myDutiesSchema, answer)
}

/** What waits for the caller's word, then the last 14 days. Errors: not_allowed, module_off. */
export async function fetchDutiesToVerify(communityId: string): Promise<ReviewedLog[]> {
  const answer = await keepingLast(['duties-to-verify', communityId], () =>
    rpc('duties_to_verify', { p_community_id: communityId }),
  )
  return parseAnswer(verifyListSchema, answer)
}
