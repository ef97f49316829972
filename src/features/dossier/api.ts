import type { Viewer } from '@/features/shifts'
import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, rpc } from '@/lib/supabase'
import { certificateSchema, checkedSchema, deskSchema, dossierSchema, exportSchema } from './schema'
import type { ExportRow } from './schema'

/** The dossier of the member, of a person they help, or (for the office) of anybody. Errors: not_allowed, person_unknown. */
export async function fetchDossier({ communityId, forPersonId }: Viewer) {
  const ask = () => rpc('my_dossier', { p_community_id: communityId, p_for_person_id: forPersonId })
  return parseAnswer(dossierSchema, await keepingLast(['dossier', communityId, forPersonId ?? 'me'], ask))
}

/** A certificate with the full name, to be printed. Error: certificate_unknown. */
export async function fetchCertificate(communityId: string, id: string) {
  return parseAnswer(
    certificateSchema,
    await rpc('read_certificate', { p_community_id: communityId, p_certificate_id: id }),
  )
}

/** The public check. Error: certificate_unknown. */
export async function checkCertificate(code: string) {
  return parseAnswer(checkedSchema, await publicRpc('verify_certificate', { p_code: code }))
}

export async function fetchCorrectionDesk(communityId: string) {
  return parseAnswer(deskSchema, await rpc('correction_desk', { p_community_id: communityId }))
}

/** The rows for the national system; everybody in it sees that it was made. */
export async function exportService(
  communityId: string,
  from: string,
  to: string,
  reason: string,
): Promise<ExportRow[]> {
  const answer = await sendCommand('export_service', communityId, { p_from: from, p_to: to, p_reason: reason })
  return parseAnswer(exportSchema, answer).rows
}
