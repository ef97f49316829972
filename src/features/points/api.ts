import type { Viewer } from '@/features/shifts'
import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
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
