import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useOutbox } from '@/lib/outbox'
import { sendCommand } from '@/lib/send-command'
import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { DOSSIER_KEYS } from './queries'
import type { CorrectionKind } from './schema'

export interface CorrectionWish {
  kind: CorrectionKind
  note: string
  recordId: string | null
  serviceDate: string | null
  forPersonId: string | null
  title: string
}

/** Asks to correct a record, also without network. */
export function useRequestCorrection() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: async (wish: CorrectionWish) => {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      return outbox.send({
        command: 'request_correction',
        args: {
          p_community_id: session.communityId,
          p_id: newId(),
          p_kind: wish.kind,
          p_note: wish.note,
          p_record_id: wish.recordId,
          p_service_date: wish.recordId ? null : wish.serviceDate,
          p_for_person_id: wish.forPersonId,
        },
        label: { key: 'dossier.outbox.correction', params: { title: wish.title } },
        invalidates: [[...DOSSIER_KEYS.root]],
      })
    },
    onSettled: () => cache.invalidateQueries({ key: [...DOSSIER_KEYS.root] }),
  })
}

/** Commands of the dossier that need the server's answer at once. */
export function useDossierCommand() {
  const cache = useQueryCache()
  const session = useSessionStore()
  return async <T = unknown>(name: string, args: Record<string, unknown>): Promise<T> => {
    if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
    const answer = await sendCommand<T>(name, session.communityId, args)
    await cache.invalidateQueries({ key: [...DOSSIER_KEYS.root] })
    return answer
  }
}
