import type { Viewer } from '@/features/shifts'
import { AppError, toAppError } from '@/lib/errors'
import { parseAnswer } from '@/lib/parse'
import { isOnline, rpc, supabase } from '@/lib/supabase'
import type { Exemption } from './schema'
import {
  backfillChoicesSchema,
  backfillDeskSchema,
  corpsHoursSchema,
  myBackfillsSchema,
  spotDeskSchema,
} from './schema'

/** One's own back-fills and the ended shifts hours may still be filed for. Errors: not_allowed. */
export const getMyBackfills = async ({ communityId, forPersonId }: Viewer) =>
  parseAnswer(
    myBackfillsSchema,
    await rpc('my_backfills', { p_community_id: communityId, p_for_person_id: forPersonId }),
  )

/** Back-fills before the leader or the office. Errors: not_allowed. */
export const getBackfillDesk = async (communityId: string) =>
  parseAnswer(backfillDeskSchema, await rpc('backfill_desk', { p_community_id: communityId }))

/** For whom a leader or the office may file hours. Errors: not_allowed. */
export const getBackfillChoices = async (communityId: string) =>
  parseAnswer(backfillChoicesSchema, await rpc('backfill_choices', { p_community_id: communityId }))

/** Minutes of this year by corps and by where they come from. Errors: not_allowed. */
export const getHoursByProvenance = async (communityId: string) =>
  parseAnswer(corpsHoursSchema, await rpc('hours_by_provenance', { p_community_id: communityId }))

/** What looks unusual and was not looked at yet. Errors: not_allowed. */
export const getSpotDesk = async (communityId: string) =>
  parseAnswer(spotDeskSchema, await rpc('spot_check_desk', { p_community_id: communityId }))

/** The exemptions RLS shows: of one person, or (null) all of the community with names, for the office. */
export async function fetchExemptions(communityId: string, personId: string | null): Promise<Exemption[]> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  let query = db
    .from('exemptions')
    .select('id,person_id,kind,from_day,to_day,note,status,answer')
    .eq('community_id', communityId)
  if (personId) query = query.eq('person_id', personId)
  const { data, error, status } = await query.order('asked_at', { ascending: false }).limit(200)
  if (error) throw toAppError(error, status)
  const people = [...new Set(data.map((row) => row.person_id))]
  const names =
    personId || people.length === 0
      ? null
      : await db.from('persons').select('id,display_name').eq('community_id', communityId).in('id', people)
  if (names?.error) throw toAppError(names.error, names.status)
  return data.map((row) => ({
    id: row.id,
    personId: row.person_id,
    kind: row.kind as Exemption['kind'],
    fromDay: row.from_day,
    toDay: row.to_day,
    note: row.note,
    status: row.status as Exemption['status'],
    answer: row.answer,
    name: names?.data?.find((person) => person.id === row.person_id)?.display_name ?? null,
  }))
}
