import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, rpc } from '@/lib/supabase'
import type { Board, BoardDisplay, BoardKind, MyPlace, PlaceInMonth } from './schema'
import { boardSchema, myPlaceSchema, myPlacesSchema } from './schema'

export interface BoardAddress {
  communityId: string
  kind: BoardKind
  period: string
  /** A corps colour, a grid's id, or null for everybody. */
  scope: string | null
}

const args = ({ communityId, kind, period, scope }: BoardAddress) => ({
  p_community_id: communityId,
  p_kind: kind,
  p_period: period,
  p_scope: scope,
})

/** A board as everybody sees it. Errors: community_unknown, boards_switched_off. */
export async function fetchBoard(address: BoardAddress): Promise<Board> {
  return parseAnswer(boardSchema, await publicRpc('board', args(address)))
}

/** The caller's own value, place and neighbours, also when hidden. Errors: not_a_member, boards_switched_off. */
export async function fetchMyPlace(address: BoardAddress): Promise<MyPlace> {
  return parseAnswer(myPlaceSchema, await rpc('my_place', args(address)))
}

/** The caller's place in each month of a year. */
export async function fetchMyPlaces(communityId: string, kind: BoardKind, year: number): Promise<PlaceInMonth[]> {
  return parseAnswer(
    myPlacesSchema,
    await rpc('my_places', { p_community_id: communityId, p_kind: kind, p_year: year }),
  )
}

/** Whether and how the caller is on the boards. Errors: too_young, name_invalid, field_invalid. */
export const setBoardConsent = (communityId: string, display: BoardDisplay, alias: string | null) =>
  sendCommand('set_board_consent', communityId, { p_display: display, p_alias: alias })

/** The office takes an alias off the boards. Errors: alias_unknown, not_allowed. */
export const hideBoardAlias = (communityId: string, alias: string) =>
  sendCommand('hide_board_alias', communityId, { p_alias: alias })
