import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { toAppError } from '@/lib/errors'
import { rpc, supabase } from '@/lib/supabase'
import * as v from 'valibot'
import type { MyShifts, Shift, ShiftDetail, Strike } from './schema'
import { mySignupsSchema, shiftDetailSchema, shiftListSchema, strikeSchema } from './schema'

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

/** The viewer's latest 200 sign-ups, newest first, and the places they are asked to take over. */
export async function listMySignups(viewer: Viewer): Promise<MyShifts> {
  const answer = await keepingLast(keptKey('my-shifts', viewer), () =>
    rpc('my_shifts', {
      p_community_id: viewer.communityId,
      p_for_person_id: viewer.forPersonId,
    }),
  )
  return parseAnswer(mySignupsSchema, answer)
}

/** Where a person was marked as not come, newest first. */
export async function listStrikes(communityId: string, personId: string): Promise<Strike[]> {
  const answer = await keepingLast(['strikes', communityId, personId], async () => {
    const db = await supabase()
    const { data, error, status } = await db
      .from('strikes')
      .select('id,signup_id,at,status,answer')
      .eq('community_id', communityId)
      .eq('person_id', personId)
      .order('at', { ascending: false })
      .limit(50)
    if (error) throw toAppError(error, status)
    return data
  })
  return parseAnswer(v.array(strikeSchema), answer)
}
