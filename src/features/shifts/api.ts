import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
import type { MySignup, Shift, ShiftDetail } from './schema'
import { mySignupsSchema, shiftDetailSchema, shiftListSchema } from './schema'

/** Whose eyes a read is made with; `forPersonId` null = the member's own. */
export interface Viewer {
  communityId: string
  forPersonId: string | null
}

const keptKey = (what: string, viewer: Viewer) => [what, viewer.communityId, viewer.forPersonId ?? 'me']

/** Open shifts of the next 60 days, each with why the viewer can or cannot take part. */
export async function listShifts(viewer: Viewer): Promise<Shift[]> {
  const answer = await keepingLast(keptKey('shifts', viewer), () =>
    rpc('list_shifts', {
      p_community_id: viewer.communityId,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(shiftListSchema, answer)
}

/** One shift with everything a volunteer should know before claiming. Errors: shift_unknown. */
export async function getShift(viewer: Viewer, shiftId: string): Promise<ShiftDetail> {
  const answer = await keepingLast([...keptKey('shift', viewer), shiftId], () =>
    rpc('shift_detail', {
      p_community_id: viewer.communityId,
      p_shift_id: shiftId,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(shiftDetailSchema, answer)
}

/** The viewer's latest 200 sign-ups, newest first. */
export async function listMySignups(viewer: Viewer): Promise<MySignup[]> {
  const answer = await keepingLast(keptKey('my-shifts', viewer), () =>
    rpc('my_shifts', {
      p_community_id: viewer.communityId,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(mySignupsSchema, answer)
}
