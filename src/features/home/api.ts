import { learnServerTime } from '@/lib/clock'
import type { CorpsColor } from '@/lib/corps'
import { publicRpc } from '@/lib/supabase'
import { parseTime } from '@/lib/time'

export interface HomeShift {
  id: string
  title: string
  corpsColor: CorpsColor
  startsAt: Date
  endsAt: Date
  placeName: string | null
  capacity: number
  taken: number
}

export interface HomeCommunity {
  id: string
  name: string
  isDemo: boolean
  relayPhone: string | null
}

export interface PublicHome {
  communities: HomeCommunity[]
  community: HomeCommunity | null
  openShifts: HomeShift[]
  totals: { volunteers: number; hours: number; corps: number } | null
}

interface CommunityRow {
  id: string
  name: string
  is_demo: boolean
  relay_phone: string | null
}

interface PublicHomeRow {
  communities: CommunityRow[]
  community: CommunityRow | null
  open_shifts: {
    id: string
    title: string
    corps_color: CorpsColor
    starts_at: string
    ends_at: string
    place_name: string | null
    capacity: number
    taken: number
  }[]
  totals: { volunteers: number; hours: number; corps: number } | null
  server_time?: string
}

const toCommunity = (row: CommunityRow): HomeCommunity => ({
  id: row.id,
  name: row.name,
  isDemo: row.is_demo,
  relayPhone: row.relay_phone,
})

/** What everybody may see of a community: its open shifts and sums, no person. */
export async function fetchPublicHome(communityId: string | null): Promise<PublicHome> {
  const startedAt = Date.now()
  const row = await publicRpc<PublicHomeRow>('public_home', { p_community_id: communityId })
  if (row.server_time) learnServerTime(parseTime(row.server_time).getTime(), startedAt)
  return {
    communities: row.communities.map(toCommunity),
    community: row.community ? toCommunity(row.community) : null,
    openShifts: row.open_shifts.map((s) => ({
      id: s.id,
      title: s.title,
      corpsColor: s.corps_color,
      startsAt: parseTime(s.starts_at),
      endsAt: parseTime(s.ends_at),
      placeName: s.place_name,
      capacity: s.capacity,
      taken: s.taken,
    })),
    totals: row.totals,
  }
}
