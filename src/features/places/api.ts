import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'
import type { FoundVolunteer, MyBlock, PlacesDesk } from './schema'
import { deskSchema, foundVolunteerSchema, myBlocksSchema } from './schema'

/** Places, queue, stand-ins and blocks of a shift, for its leader. Errors: not_allowed. */
export async function fetchDesk(communityId: string, shiftId: string): Promise<PlacesDesk> {
  return parseAnswer(deskSchema, await rpc('shift_places_desk', { p_community_id: communityId, p_shift_id: shiftId }))
}

/** The places the member keeps for a group or firm. */
export async function fetchMyBlocks(communityId: string): Promise<MyBlock[]> {
  return parseAnswer(myBlocksSchema, await rpc('my_blocks', { p_community_id: communityId }))
}

/** A volunteer by number: the masked name, to see that it is the right one. Errors: person_unknown. */
export async function findVolunteer(
  communityId: string,
  corpsId: string,
  volunteerNo: string,
): Promise<FoundVolunteer> {
  return parseAnswer(
    foundVolunteerSchema,
    await rpc('find_volunteer', { p_community_id: communityId, p_corps_id: corpsId, p_volunteer_no: volunteerNo }),
  )
}

export const setCapacity = (communityId: string, shiftId: string, role: string, capacity: number, reason: string) =>
  sendCommand<{ moved_to_waiting: string[] }>('set_capacity', communityId, {
    p_shift_id: shiftId,
    p_role: role,
    p_capacity: capacity,
    p_reason: reason || null,
  })

/** Signs somebody up: before the start as everybody signs up, after it on the spot. */
export const addPerson = (communityId: string, shiftId: string, role: string, personId: string, hasStarted: boolean) =>
  hasStarted
    ? sendCommand<{ status: string }>('add_on_the_spot', communityId, {
        p_shift_id: shiftId,
        p_role: role,
        p_person_id: personId,
      })
    : sendCommand<{ status: string }>('claim_shift', communityId, {
        p_shift_id: shiftId,
        p_role: role,
        p_for_person_id: personId,
      })

export interface BlockDraft {
  role: string
  organisation: string
  places: number | null
  /** ISO, the moment until which names are handed in. */
  untilAt: string
}

export const reserveBlock = (communityId: string, shiftId: string, draft: BlockDraft) =>
  sendCommand('reserve_block', communityId, {
    p_shift_id: shiftId,
    p_role: draft.role,
    p_organisation: draft.organisation,
    p_places: draft.places,
    p_until_at: draft.untilAt,
  })

export const fillBlock = (communityId: string, blockId: string, volunteerNo: string, name: string) =>
  sendCommand('fill_block', communityId, { p_block_id: blockId, p_volunteer_no: volunteerNo, p_name: name })

export const releaseBlock = (communityId: string, blockId: string) =>
  sendCommand('release_block', communityId, { p_block_id: blockId })

export const withdrawName = (communityId: string, signupId: string) =>
  sendCommand('cancel_signup', communityId, { p_signup_id: signupId })
