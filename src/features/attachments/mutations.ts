import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useOutbox } from '@/lib/outbox'
import { useSessionStore } from '@/lib/session'
import { useMutation } from '@pinia/colada'
import { toBase64 } from './encode'

export interface NewAttachment {
  kind: 'photo' | 'voice'
  blob: Blob
  words: string | null
  seconds: number | null
}

/**
 * Sends a file through the outbox, ahead of the command that will take it. Gives its id, also
 * when it still waits for the network.
 */
export function useUploadAttachment() {
  const outbox = useOutbox()
  const session = useSessionStore()
  return useMutation({
    mutation: async ({ kind, blob, words, seconds }: NewAttachment): Promise<string> => {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      const id = newId()
      await outbox.send({
        command: 'upload_attachment',
        args: {
          p_community_id: session.communityId,
          p_id: id,
          p_kind: kind,
          p_mime: blob.type,
          p_data: await toBase64(blob),
          p_words: words,
          p_seconds: seconds,
        },
        label: { key: `attachments.outbox.${kind}` },
        fleeting: true,
      })
      return id
    },
  })
}
