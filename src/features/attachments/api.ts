import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
import * as v from 'valibot'

/** How read functions list the files of something. */
export const attachmentSchema = v.object({
  id: v.string(),
  kind: v.picklist(['photo', 'voice']),
  words: v.optional(v.nullable(v.string()), null),
  seconds: v.optional(v.nullable(v.number()), null),
})
export type Attachment = v.InferOutput<typeof attachmentSchema>

const fileSchema = v.object({ ...attachmentSchema.entries, mime: v.string(), data: v.string() })

/**
 * The bytes of a file, for whoever may see it. Never kept on this device: a withdrawn consent
 * ends it at once. Errors: attachment_unknown.
 */
export async function readAttachment(communityId: string, id: string): Promise<Blob> {
  const file = parseAnswer(
    fileSchema,
    await rpc('read_attachment', { p_community_id: communityId, p_attachment_id: id }),
  )
  const bytes = Uint8Array.from(atob(file.data), (c) => c.charCodeAt(0))
  return new Blob([bytes], { type: file.mime })
}
