import type { CorpsColor } from '@/lib/corps'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'

export type QualificationState =
  | 'submitted'
  | 'declined'
  | 'withdrawn'
  | 'ended'
  | 'future'
  | 'valid'
  | 'expiring'
  | 'expired'

export interface Qualification {
  id: string
  kind: string
  validFrom: string
  validTo: string | null
  state: QualificationState
  evidence: string | null
  reason: string | null
  checkedBy: string | null
}

interface Row {
  id: string
  kind: string
  valid_from: string
  valid_to: string | null
  state: QualificationState
  evidence: string | null
  reason?: string | null
  checked_by: string | null
}

const fromRow = (r: Row): Qualification => ({
  id: r.id,
  kind: r.kind,
  validFrom: r.valid_from,
  validTo: r.valid_to,
  state: r.state,
  evidence: r.evidence,
  reason: r.reason ?? null,
  checkedBy: r.checked_by,
})

export interface MyQualifications {
  isVolunteer: boolean
  qualifications: Qualification[]
}

export async function fetchMine(communityId: string): Promise<MyQualifications> {
  const r = await rpc<{ is_volunteer: boolean; qualifications: Row[] }>('my_qualifications', {
    p_community_id: communityId,
  })
  return { isVolunteer: r.is_volunteer, qualifications: r.qualifications.map(fromRow) }
}

export interface DeskQualification extends Qualification {
  personId: string
  name: string
  volunteerNo: string | null
  isMe: boolean
  corps: { color: CorpsColor; name: string }[]
}

export async function fetchDesk(communityId: string): Promise<DeskQualification[]> {
  const rows = await rpc<
    (Row & {
      person_id: string
      name: string
      volunteer_no: string | null
      is_me: boolean
      corps: { color: CorpsColor; name: string }[]
    })[]
  >('qualification_desk', { p_community_id: communityId })
  return rows.map((r) => ({
    ...fromRow(r),
    personId: r.person_id,
    name: r.name,
    volunteerNo: r.volunteer_no,
    isMe: r.is_me,
    corps: r.corps,
  }))
}

/** Volunteers by name or phone ending, to enter a qualification for. */
export async function searchVolunteers(
  communityId: string,
  search: string,
): Promise<{ id: string; name: string; volunteerNo: string }[]> {
  const { people } = await rpc<{ people: { id: string; real_name: string; volunteer_no: string | null }[] }>(
    'list_people',
    { p_community_id: communityId, p_search: search, p_kind: 'volunteer', p_limit: 10 },
  )
  return people.map((p) => ({ id: p.id, name: p.real_name, volunteerNo: p.volunteer_no ?? '' }))
}

export interface QualificationDraft {
  kind: string
  validFrom: string
  validTo: string
  evidence: string
}

export const qualificationArgs = (d: QualificationDraft) => ({
  p_kind: d.kind,
  p_valid_from: d.validFrom,
  p_valid_to: d.validTo || null,
  p_evidence: d.evidence,
})

export const grantQualification = (communityId: string, v: { personId: string; draft: QualificationDraft }) =>
  sendCommand('grant_qualification', communityId, { p_person_id: v.personId, ...qualificationArgs(v.draft) })

export const checkQualification = (
  communityId: string,
  v: { id: string; accept: boolean; reason: string | null; validTo: string | null },
) =>
  sendCommand('check_qualification', communityId, {
    p_qualification_id: v.id,
    p_accept: v.accept,
    p_reason: v.reason,
    p_valid_to: v.validTo,
  })

export const endQualification = (communityId: string, v: { id: string; reason: string }) =>
  sendCommand('end_qualification', communityId, { p_qualification_id: v.id, p_reason: v.reason })
