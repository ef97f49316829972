import type { Viewer } from '@/features/shifts'
import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'
import type {
  MyPoints,
  PersonLedger,
  PointReport,
  PointsDesk,
  PointStatement,
  RuleChanges,
  Simulation,
  StatementKind,
} from './ledger'
import {
  deskSchema,
  myPointsSchema,
  personLedgerSchema,
  reportSchema,
  simulationSchema,
  statementSchema,
} from './ledger'
import type { MyService } from './schema'
import { myServiceSchema } from './schema'

/** Hours, records and points of the member, or of a person they help. Errors: not_allowed. */
export async function getMyService(viewer: Viewer): Promise<MyService> {
  const answer = await keepingLast(['my-service', viewer.communityId, viewer.forPersonId ?? 'me'], () =>
    rpc('my_service', {
      p_community_id: viewer.communityId,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(myServiceSchema, answer)
}

/** The points of the member, or of a person they help. Errors: not_allowed. */
export async function getMyPoints(viewer: Viewer): Promise<MyPoints> {
  const answer = await keepingLast(['my-points', viewer.communityId, viewer.forPersonId ?? 'me'], () =>
    rpc('my_points', { p_community_id: viewer.communityId, p_for_person_id: viewer.forPersonId }),
  )
  return parseAnswer(myPointsSchema, answer)
}

export interface StatementFilter {
  kind: StatementKind
  year: number | null
  limit: number
}

/** Every entry with the balance after it, newest first. Errors: not_allowed. */
export async function getStatement(viewer: Viewer, filter: StatementFilter): Promise<PointStatement> {
  const key = ['point-statement', viewer.communityId, viewer.forPersonId ?? 'me', JSON.stringify(filter)]
  const answer = await keepingLast(key, () =>
    rpc('point_statement', {
      p_community_id: viewer.communityId,
      p_kind: filter.kind,
      p_year: filter.year,
      p_limit: filter.limit,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(statementSchema, answer)
}

/** Errors: entry_unknown, entry_disputed_already. */
export const disputeEntry = (communityId: string, entryId: string, text: string) =>
  sendCommand('dispute_entry', communityId, { p_entry_id: entryId, p_text: text })

/** What waits for the office, and the rules. Errors: not_allowed. */
export async function getDesk(communityId: string): Promise<PointsDesk> {
  return parseAnswer(deskSchema, await rpc('points_desk', { p_community_id: communityId }))
}

/** A year of points by month. Errors: not_allowed. */
export async function getReport(communityId: string, year: number): Promise<PointReport> {
  return parseAnswer(reportSchema, await rpc('point_report', { p_community_id: communityId, p_year: year }))
}

/** What changed rules would have given for the last twelve months. Errors: rule_value_invalid. */
export async function simulate(communityId: string, changes: RuleChanges): Promise<Simulation> {
  return parseAnswer(
    simulationSchema,
    await rpc('simulate_ruleset', { p_community_id: communityId, p_changes: changes }),
  )
}

/** Errors: ruleset_too_soon, rule_value_invalid. */
export const proposeRuleset = (communityId: string, from: string, changes: RuleChanges) =>
  sendCommand('propose_ruleset', communityId, { p_effective_from: from, p_changes: changes })

/** A second person publishes a version, or turns it down. Errors: own_proposal, already_decided, ruleset_too_soon. */
export const publishRuleset = (communityId: string, draftId: string, approve: boolean) =>
  sendCommand('publish_ruleset', communityId, { p_draft_id: draftId, p_approve: approve })

/** The first of two people. Errors: own_points, field_invalid. */
export const proposeAdjustment = (communityId: string, personId: string, points: number, reason: string) =>
  sendCommand('propose_manual_adjustment', communityId, { p_person_id: personId, p_points: points, p_reason: reason })

/** The second of two people. Errors: own_proposal, own_points, already_decided. */
export const postAdjustment = (communityId: string, adjustmentId: string, approve: boolean) =>
  sendCommand('post_manual_adjustment', communityId, { p_adjustment_id: adjustmentId, p_approve: approve })

export interface DisputeAnswer {
  disputeId: string
  accept: boolean
  reverse: boolean
  answer: string
}

/** Errors: own_request, already_decided. */
export const answerDispute = (communityId: string, { disputeId, accept, reverse, answer }: DisputeAnswer) =>
  sendCommand('answer_dispute', communityId, {
    p_dispute_id: disputeId,
    p_accept: accept,
    p_answer: answer,
    p_reverse: reverse,
  })

/** A person's account; the look is logged with its reason. Errors: person_unknown, field_required. */
export async function getPersonLedger(
  id: string,
  communityId: string,
  personId: string,
  reason: string,
): Promise<PersonLedger> {
  return parseAnswer(
    personLedgerSchema,
    await rpc('point_ledger_of', { p_community_id: communityId, p_id: id, p_person_id: personId, p_reason: reason }),
  )
}

/** Errors: own_points, entry_not_reversible, entry_already_reversed. */
export const reverseEntry = (communityId: string, entryId: string, reason: string) =>
  sendCommand('reverse_entry', communityId, { p_entry_id: entryId, p_reason: reason })

/** Errors: emergency_declared_already, shift_ended. */
export const declareEmergency = (communityId: string, activityId: string) =>
  sendCommand('declare_emergency', communityId, { p_activity_id: activityId })

/** Errors: points_year_not_over, year_closed_already, balances_do_not_agree. */
export const closeYear = (communityId: string, year: number) =>
  sendCommand('close_points_year', communityId, { p_year: year })
