import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { rpc, supabase } from '@/lib/supabase'
import type { DutyRules, MyDuties, ReviewedLog } from './schema'
import { dutyRulesSchema, myDutiesSchema, verifyListSchema } from './schema'

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

/** Every version of what posts owe, the newest first. */
export async function fetchDutyRules(communityId: string): Promise<DutyRules[]> {
  const db = await supabase()
  const { data, error } = await db
    .from('duty_rulesets')
    .select('code,effective_from,duty_rules(post,kind,times_per_month,minutes)')
    .eq('community_id', communityId)
    .order('effective_from', { ascending: false })
    .order('published_at', { ascending: false })
  if (error) throw error
  return parseAnswer(dutyRulesSchema, data)
}

export interface DutyRuleInput {
  post: string
  kind: string
  times_per_month: number
  minutes: number
}
/** A new version from a month's first day on. Errors: not_allowed, rules_too_soon, name_taken, field_invalid. */
export const publishDutyRules = (communityId: string, code: string, from: string, rules: DutyRuleInput[]) =>
  sendCommand('publish_duty_rules', communityId, { p_code: code, p_effective_from: from, p_rules: rules })
