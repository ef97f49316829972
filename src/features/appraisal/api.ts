import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, rpc } from '@/lib/supabase'
import {
  boardSchema,
  deskSchema,
  dossierSchema,
  exportSchema,
  opinionsSchema,
  proposalsSchema,
  sampleCodesSchema,
  sampleFormSchema,
  sealSchema,
} from './schema'

/** Cycles the caller collects for, runs or sits on the panel of. Errors: module_off, not_allowed. */
export async function fetchDesk(communityId: string) {
  return parseAnswer(deskSchema, await rpc('appraisal_desk', { p_community_id: communityId }))
}

/** One cycle with its nominees. Error: cycle_unknown. */
export async function fetchBoard(communityId: string, cycleId: string) {
  return parseAnswer(boardSchema, await rpc('cycle_board', { p_community_id: communityId, p_cycle_id: cycleId }))
}

/** What a nominee is judged by, each number with its rows. Error: nomination_unknown. */
export async function fetchCandidate(communityId: string, nominationId: string) {
  return parseAnswer(
    dossierSchema,
    await rpc('candidate_dossier', { p_community_id: communityId, p_nomination_id: nominationId }),
  )
}

/** Whom the caller may say what they think of, and the panels the caller sits on. */
export async function fetchOpinions(communityId: string) {
  return parseAnswer(opinionsSchema, await rpc('opinions_wanted', { p_community_id: communityId }))
}

/** Whom the office may ask. Error: cycle_unknown. */
export async function fetchProposals(communityId: string, cycleId: string) {
  return parseAnswer(
    proposalsSchema,
    await rpc('nominees_to_propose', { p_community_id: communityId, p_cycle_id: cycleId }),
  )
}

/** The unused codes the caller made for a nominee. */
export async function fetchSampleCodes(communityId: string, nominationId: string) {
  return parseAnswer(
    sampleCodesSchema,
    await rpc('sample_codes', { p_community_id: communityId, p_nomination_id: nominationId }),
  )
}

/** Whom a code is about, masked. Error: sample_code_unknown. */
export async function fetchSampleForm(code: string) {
  return parseAnswer(sampleFormSchema, await publicRpc('sample_form', { p_code: code }))
}

/** A resident's opinion; the id is made once, so that a second tap is the same. Errors: sample_code_used, collecting_over, own_award. */
export const rateNominee = (id: string, code: string, marks: Record<string, number>, words: string) =>
  publicRpc('rate_nominee', { p_id: id, p_code: code, p_marks: marks, p_words: words || null })

/** Computes an archived cycle anew and compares it with its seal. */
export async function verifySeal(communityId: string, cycleId: string) {
  return parseAnswer(sealSchema, await rpc('verify_seal', { p_community_id: communityId, p_cycle_id: cycleId }))
}

/** Everything of a cycle for one file; everybody in it sees that it was made. Errors: cycle_unknown, own_award. */
export async function exportCycle(communityId: string, cycleId: string, reason: string) {
  return parseAnswer(
    exportSchema,
    await sendCommand('export_cycle', communityId, { p_cycle_id: cycleId, p_reason: reason }),
  )
}

/** The phone an author of an objection left; each look is written down. */
export const revealObjectionContact = (communityId: string, objectionId: string) =>
  sendCommand<{ phone: string | null }>('reveal_objection_contact', communityId, { p_objection_id: objectionId })
