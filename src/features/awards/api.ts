import type { Viewer } from '@/features/shifts'
import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, rpc } from '@/lib/supabase'
import type { Filed, MyNominations, Notice, Notices, Objection, OwnDossier } from './schema'
import {
  filedSchema,
  myNominationsSchema,
  noticeSchema,
  noticesSchema,
  objectionSchema,
  ownDossierSchema,
} from './schema'

/** The public notices of a community (of the first one without an id). */
export async function fetchNotices(communityId: string | null): Promise<Notices> {
  return parseAnswer(noticesSchema, await publicRpc('public_notices', { p_community_id: communityId }))
}

/** One public notice by its link. Errors: notice_unknown. */
export async function fetchNotice(noticeId: string): Promise<Notice> {
  return parseAnswer(noticeSchema, await publicRpc('public_notice', { p_notice_id: noticeId }))
}

export interface ObjectionWords {
  text: string
  nominationId: string | null
  phone: string
}

/** Objects to a notice, with or without an account. Errors: notice_unknown, objection_too_late {until}, too_many_objections. */
export async function fileObjection(id: string, notice: Notice, words: ObjectionWords): Promise<Filed> {
  return parseAnswer(
    filedSchema,
    await publicRpc('file_objection', {
      p_community_id: notice.community.id,
      p_id: id,
      p_notice_id: notice.id,
      p_text: words.text.trim(),
      p_nomination_id: words.nominationId,
      p_phone: words.phone.trim() || null,
    }),
  )
}

/** How an objection stands, for whoever holds its code. Errors: objection_unknown. */
export async function fetchObjection(code: string): Promise<Objection> {
  return parseAnswer(objectionSchema, await publicRpc('objection_answer', { p_code: code }))
}

/** What a nominee is asked, has said, and how it came out; of a helped person, too. Errors: not_allowed. */
export async function fetchMyNominations(viewer: Viewer): Promise<MyNominations> {
  const answer = await keepingLast(['my-awards', viewer.communityId, viewer.forPersonId ?? 'me'], () =>
    rpc('my_nominations', { p_community_id: viewer.communityId, p_for_person_id: viewer.forPersonId }),
  )
  return parseAnswer(myNominationsSchema, answer)
}

/** Errors: nomination_over, guardian_consent_needed, collecting_over {until}. */
export const acceptNomination = (viewer: Viewer, nominationId: string, showsFullName: boolean) =>
  sendCommand('accept_nomination', viewer.communityId, {
    p_nomination_id: nominationId,
    p_shows_full_name: showsFullName,
    p_via: viewer.forPersonId ? 'helper' : 'self',
  })

/** Errors: nomination_over. */
export const declineNomination = (viewer: Viewer, nominationId: string) =>
  sendCommand('decline_nomination', viewer.communityId, { p_nomination_id: nominationId })

/** After the award was confirmed: the notice shows no name any more. Errors: nomination_over, cycle_step_wrong. */
export const withdrawPublicity = (viewer: Viewer, nominationId: string) =>
  sendCommand('withdraw_award_publicity', viewer.communityId, { p_nomination_id: nominationId })

/** Errors: nomination_over, collecting_over {until}, field_too_long. */
export const saveStatement = (viewer: Viewer, nominationId: string, body: string) =>
  sendCommand('save_statement', viewer.communityId, { p_nomination_id: nominationId, p_body: body })

/** Whether the notice shows the full name; at any time. */
export const setAwardName = (viewer: Viewer, nominationId: string, showsFullName: boolean) =>
  sendCommand('set_award_name', viewer.communityId, {
    p_nomination_id: nominationId,
    p_shows_full_name: showsFullName,
  })

/** 自荐. Errors: nominee_unfit, nominee_without_place, nominated_already, collecting_over {until}. */
export const nominate = (viewer: Viewer, cycleId: string, personId: string, reason: string, title: string) =>
  sendCommand('nominate', viewer.communityId, {
    p_cycle_id: cycleId,
    p_person_id: personId,
    p_reason: reason.trim(),
    p_title: title.trim() || null,
  })

/** The rows a nominee's score is made of, for the nominee or a helper. Errors: nomination_unknown. */
export async function fetchOwnDossier(communityId: string, nominationId: string): Promise<OwnDossier> {
  return parseAnswer(
    ownDossierSchema,
    await rpc('candidate_dossier', { p_community_id: communityId, p_nomination_id: nominationId }),
  )
}
