import { keepingLast } from '@/lib/kept'
import { parseAnswer } from '@/lib/parse'
import { rpc } from '@/lib/supabase'
import type { MyYear, StreetOverview, YearDashboard } from './schema'
import { dashboardSchema, myYearSchema, streetSchema } from './schema'

/** The caller's own year; the last one seen while there is no network. Errors: not_a_member, field_invalid. */
export async function fetchMyYear(communityId: string, year: number): Promise<MyYear> {
  return parseAnswer(
    myYearSchema,
    await keepingLast(['my-year', communityId, String(year)], () =>
      rpc('my_year', { p_community_id: communityId, p_year: year }),
    ),
  )
}

/** The community's year in sums. Errors: not_allowed, field_invalid. */
export async function fetchYearDashboard(communityId: string, year: number): Promise<YearDashboard> {
  return parseAnswer(dashboardSchema, await rpc('year_dashboard', { p_community_id: communityId, p_year: year }))
}

/** All communities of the caller's street in sums. Errors: not_allowed, field_invalid. */
export async function fetchStreetOverview(year: number): Promise<StreetOverview> {
  return parseAnswer(streetSchema, await rpc('street_overview', { p_year: year }))
}
