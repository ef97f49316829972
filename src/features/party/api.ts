import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { AppError, toAppError } from '@/lib/errors'
import { isOnline, rpc, supabase } from '@/lib/supabase'
import type { BranchScores, Desk, Grade, HonourLevel, MeetingDesk, PartyLife, RemarkKind, Score } from './schema'
import { branchScoresSchema, deskSchema, groupMeetingsSchema, lifeSchema, scoreSchema } from './schema'

/** One's own score, or (secretary) that of a member of the branch. Errors: module_off, person_unknown, not_a_party_member. */
export async function fetchScore(communityId: string, year: number, personId: string | null): Promise<Score> {
  return parseAnswer(
    scoreSchema,
    await rpc('party_score', { p_community_id: communityId, p_year: year, p_person_id: personId }),
  )
}

/** One's own meetings, study and dues. Errors: module_off. */
export async function fetchLife(communityId: string, year: number): Promise<PartyLife> {
  return parseAnswer(lifeSchema, await rpc('my_party_life', { p_community_id: communityId, p_year: year }))
}

/** The desk of a branch; without one the caller's own. Errors: not_allowed, module_off, party_org_unknown. */
export async function fetchDesk(communityId: string, orgId: string | null): Promise<Desk> {
  return parseAnswer(deskSchema, await rpc('branch_desk', { p_community_id: communityId, p_org_id: orgId }))
}

/** The meetings of the groups and branches one leads. Errors: not_allowed, module_off. */
export async function fetchGroupMeetings(communityId: string): Promise<MeetingDesk> {
  return parseAnswer(groupMeetingsSchema, await rpc('group_meetings', { p_community_id: communityId }))
}

/** Where the members stand, by name. Errors: module_off, party_org_unknown. */
export async function fetchBranchScores(communityId: string, orgId: string, year: number): Promise<BranchScores> {
  return parseAnswer(
    branchScoresSchema,
    await rpc('branch_scores', { p_community_id: communityId, p_org_id: orgId, p_year: year }),
  )
}

/** The day each member of mine paid for a month; null where it is noted as not paid. */
export async function fetchDuesOf(communityId: string, month: string): Promise<Record<string, string | null>> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  const { data, error, status } = await db
    .from('party_dues')
    .select('person_id,paid_on')
    .eq('community_id', communityId)
    .eq('month', month)
    .limit(1000)
  if (error) throw toAppError(error, status)
  return Object.fromEntries(data.map((row) => [row.person_id, row.paid_on]))
}

export interface MeetingInput {
  party_org_id: string
  kind: string
  title: string
  held_on: string
  place: string | null
  study_minutes: number
  attendance: { person_id: string; status: string; reason: string | null }[]
}
/** Vouches for those who wrote these meetings down. Errors: own_party_record, attendance_already_confirmed. */
export const vouchAttendance = (communityId: string, meetingIds: string[]) =>
  sendCommand<{ confirmed: number }>('vouch_attendance', communityId, { p_meeting_ids: meetingIds })

export const recordDues = (communityId: string, personIds: string[], month: string, paidOn: string | null) =>
  sendCommand('record_dues', communityId, { p_person_ids: personIds, p_month: month, p_paid_on: paidOn })

export const recordStudy = (
  communityId: string,
  study: { personIds: string[]; day: string; minutes: number; title: string },
) =>
  sendCommand('record_study', communityId, {
    p_person_ids: study.personIds,
    p_studied_on: study.day,
    p_minutes: study.minutes,
    p_title: study.title,
  })

export const recordReview = (communityId: string, personId: string, year: number, grade: Grade) =>
  sendCommand('record_party_review', communityId, { p_person_id: personId, p_year: year, p_grade: grade })

export const recordProof = (communityId: string, personId: string, year: number, points: number) =>
  sendCommand('record_home_proof', communityId, { p_person_id: personId, p_year: year, p_points: points })

export const recordRemark = (
  communityId: string,
  remark: { personId: string; kind: RemarkKind; day: string; note: string; level: HonourLevel | null },
) =>
  sendCommand('record_party_remark', communityId, {
    p_person_id: remark.personId,
    p_kind: remark.kind,
    p_occurred_on: remark.day,
    p_note: remark.note,
    p_level: remark.level,
  })

export const withdrawRemark = (communityId: string, remarkId: string) =>
  sendCommand('withdraw_party_remark', communityId, { p_remark_id: remarkId })

export interface Withdrawable {
  kind: 'meeting' | 'study' | 'proof'
  id: string
}
/** Takes back what was written down wrongly. Errors: remark_already_withdrawn, own_party_record, year_is_sealed. */
export function withdrawRecord(communityId: string, { kind, id }: Withdrawable, reason: string) {
  switch (kind) {
    case 'meeting':
      return sendCommand('withdraw_party_meeting', communityId, { p_meeting_id: id, p_reason: reason })
    case 'study':
      return sendCommand('withdraw_study', communityId, { p_study_id: id, p_reason: reason })
    case 'proof':
      return sendCommand('withdraw_home_proof', communityId, { p_proof_id: id, p_reason: reason })
  }
}

export const postScores = (communityId: string, orgId: string, year: number) =>
  sendCommand<{ written: number }>('post_party_month', communityId, { p_org_id: orgId, p_year: year })

export const confirmQuarter = (communityId: string, orgId: string, year: number, quarter: number) =>
  sendCommand<{ confirmed: number }>('confirm_quarter', communityId, {
    p_org_id: orgId,
    p_year: year,
    p_quarter: quarter,
  })

export const closeYear = (communityId: string, orgId: string, year: number) =>
  sendCommand<{ closed: number }>('close_party_year', communityId, { p_org_id: orgId, p_year: year })

export const objectToScore = (communityId: string, scoreId: string, text: string, rule: string | null) =>
  sendCommand('object_to_score', communityId, { p_score_id: scoreId, p_text: text, p_rule_code: rule })

/** With points the objection is accepted, without the score is kept. */
export const answerObjection = (communityId: string, objectionId: string, answer: string, points: number | null) =>
  sendCommand('answer_score_objection', communityId, {
    p_objection_id: objectionId,
    p_answer: answer,
    p_points: points,
  })
