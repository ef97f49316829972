import { toAppError } from '@/lib/errors'
import { keepingLast } from '@/lib/kept'
import type { CorpsColor } from '@/lib/corps'
import { rpc, supabase } from '@/lib/supabase'

export type PartyPost =
  | 'grid_delegate'
  | 'publicist'
  | 'hygienist'
  | 'safety_officer'
  | 'mediator'
  | 'professional_post'
  | 'service_post'

/** The words of the community's own method (三三归一, 三化一制 …): data, never translated. */
export interface MethodLabels {
  method: string
  grid: string
  gridWorker: string
  lineWorker: string
  volunteers: string
  goal: string | null
  /** What the method rests on, in its own words. */
  principles: string[]
  linkage: { party: string; workers: string; volunteers: string }
  posts: { managed: string; inService: string }
}

export interface GridRef {
  id: string
  code: string
  name: string
}

export interface StaffContact {
  name: string
  title: string
  businessLine: string | null
  relayPhone: string | null
}

export interface PostHolder {
  name: string
  post: PartyPost
  building: string | null
  relayPhone: string | null
}

export interface GridCorps {
  id: string
  color: CorpsColor
  name: string
  relayPhone: string | null
  members: number
  upcomingHere: number
}

export interface MyGrid {
  myGridId: string | null
  labels: MethodLabels
  relayPhone: string | null
  grids: GridRef[]
  grid: (GridRef & { households: number; buildings: { compound: string; building: string }[] }) | null
  gridWorkers: StaffContact[]
  lineWorkers: StaffContact[]
  partyPosts: PostHolder[]
  corps: GridCorps[]
}

interface LabelsRow {
  method?: string
  grid?: string
  grid_worker?: string
  line_worker?: string
  volunteers?: string
  goal?: string
  hearts?: string[]
  pillars?: string[]
  linkage?: { party?: string; workers?: string; volunteers?: string }
  posts?: { managed?: string; in_service?: string }
}

interface StaffRow {
  name: string
  title: string
  business_line?: string | null
  relay_phone: string | null
}

export interface MyGridRow {
  my_grid_id: string | null
  labels: LabelsRow | null
  relay_phone: string | null
  grids: GridRef[]
  grid: MyGrid['grid']
  grid_workers: StaffRow[]
  line_workers: StaffRow[]
  party_posts: { name: string; post: PartyPost; building: string | null; relay_phone: string | null }[]
  corps: {
    id: string
    color: CorpsColor
    name: string
    relay_phone: string | null
    members: number
    upcoming_here: number
  }[]
}

const staff = (row: StaffRow): StaffContact => ({
  name: row.name,
  title: row.title,
  businessLine: row.business_line ?? null,
  relayPhone: row.relay_phone,
})

/** Row of `my_grid` → what the page shows. A label the method does not name falls back to the general word. */
export function gridFromRow(row: MyGridRow): MyGrid {
  const l = row.labels ?? {}
  return {
    myGridId: row.my_grid_id,
    labels: {
      method: l.method ?? '',
      grid: l.grid ?? '网格',
      gridWorker: l.grid_worker ?? '网格员',
      lineWorker: l.line_worker ?? '社区工作者',
      volunteers: l.volunteers ?? '志愿服务队',
      goal: l.goal ?? null,
      principles: l.hearts ?? l.pillars ?? [],
      linkage: {
        party: l.linkage?.party ?? '党员联动',
        workers: l.linkage?.workers ?? '社工联勤',
        volunteers: l.linkage?.volunteers ?? '志愿联盟',
      },
      posts: { managed: l.posts?.managed ?? '', inService: l.posts?.in_service ?? '' },
    },
    relayPhone: row.relay_phone,
    grids: row.grids,
    grid: row.grid,
    gridWorkers: row.grid_workers.map(staff),
    lineWorkers: row.line_workers.map(staff),
    partyPosts: row.party_posts.map((p) => ({
      name: p.name,
      post: p.post,
      building: p.building,
      relayPhone: p.relay_phone,
    })),
    corps: row.corps.map((c) => ({
      id: c.id,
      color: c.color,
      name: c.name,
      relayPhone: c.relay_phone,
      members: c.members,
      upcomingHere: c.upcoming_here,
    })),
  }
}

/** The three linkages of a grid (the caller's own by default); kept on the device for the time without network. */
export async function fetchMyGrid(communityId: string, gridId: string | null): Promise<MyGrid> {
  const row = await keepingLast(['grid', communityId, gridId ?? 'mine'], () =>
    rpc<MyGridRow>('my_grid', { p_community_id: communityId, p_grid_id: gridId }),
  )
  return gridFromRow(row)
}

/** One line of the list of posts for Excel: who stands where, from when. */
export interface PostLine {
  linkage: 'workers' | 'party'
  grid: string
  /** Code of a staff title or a party post. */
  post: string
  businessLine: string | null
  building: string
  name: string
  relayPhone: string
  from: string
  to: string
}

interface NamedRow {
  code?: string
  name: string
}
interface StaffPostRow {
  id: string
  title: string
  business_line: string | null
  public_name: string
  relay_phone: string | null
  valid_from: string
  valid_to: string | null
  grid_assignments: { valid_to: string | null; grids: NamedRow | null }[]
}
interface PartyPostRow {
  post: string
  name: string | null
  relay_phone: string | null
  from: string
  to: string | null
  grid: string | null
  building: string | null
  liaison_group: string | null
}

/** All posts of the community, present and past, for the office's list. */
export async function fetchPostLines(communityId: string): Promise<PostLine[]> {
  const db = await supabase()
  const [staffAnswer, partyAnswer] = await Promise.all([
    db
      .from('staff_posts')
      .select(
        'id,title,business_line,public_name,relay_phone,valid_from,valid_to,grid_assignments(valid_to,grids(name))',
      )
      .eq('community_id', communityId)
      .order('title'),
    db.rpc('list_posts', { p_community_id: communityId }),
  ])
  if (staffAnswer.error) throw toAppError(staffAnswer.error, staffAnswer.status)
  if (partyAnswer.error) throw toAppError(partyAnswer.error, partyAnswer.status)
  const workers = (staffAnswer.data as unknown as StaffPostRow[]).map((row): PostLine => {
    const grids = row.grid_assignments.filter((a) => row.valid_to !== null || a.valid_to === null)
    return {
      linkage: 'workers',
      grid: grids.map((a) => a.grids?.name ?? '').join('、'),
      post: row.title,
      businessLine: row.business_line,
      building: '',
      name: row.public_name,
      relayPhone: row.relay_phone ?? '',
      from: row.valid_from,
      to: row.valid_to ?? '',
    }
  })
  const members = (partyAnswer.data as unknown as PartyPostRow[]).map((row): PostLine => ({
    linkage: 'party',
    grid: row.grid ?? '',
    post: row.post,
    businessLine: null,
    building: row.building ?? row.liaison_group ?? '',
    name: row.name ?? '—',
    relayPhone: row.relay_phone ?? '',
    from: row.from,
    to: row.to ?? '',
  }))
  return [...workers, ...members]
}
