import { rpc } from '@/lib/supabase'

export const POSTS = [
  'grid_delegate',
  'publicist',
  'hygienist',
  'safety_officer',
  'mediator',
  'professional_post',
  'service_post',
] as const
export type Post = (typeof POSTS)[number]
export const MEMBER_KINDS = ['managed', 'in_service', 'floating'] as const
export type MemberKind = (typeof MEMBER_KINDS)[number]
export type OrgKind =
  | 'committee'
  | 'area_committee'
  | 'general_branch'
  | 'branch'
  | 'group'
  | 'activity_point'
  | 'liaison_area'
  | 'liaison_group'

/** Where a post stands, in words. Days are `YYYY-MM-DD` of Shanghai. */
export interface PostPlace {
  grid: string | null
  compound?: string | null
  building: string | null
  liaison_group: string | null
}
export interface PostTerm extends PostPlace {
  id: string
  post: Post
  relay_phone: string | null
  from: string
  to: string | null
}
export interface HeldPost extends PostTerm {
  card: { id: string; token: string; promise: string } | null
}
/** A post as the map and the list show it; who leads the branch also gets the person and former terms. */
export interface PostLine extends PostTerm {
  grid_id: string | null
  building_id: string | null
  person_id: string | null
  /** Null where the holder does not want to be known as a party member. */
  name: string | null
  follows_id: string | null
  leads: boolean
}

export interface Membership {
  kind: MemberKind
  branch: string | null
  group: string | null
  from: string
}
export interface FormerMembership extends Membership {
  to: string | null
  end_reason: 'moved' | 'transferred' | 'left' | 'deceased' | 'corrected' | null
}
export interface Pledge {
  id: string
  text: string
  target: string | null
  due_on: string
  is_shared: boolean
  status: 'made' | 'kept' | 'not_kept' | 'dropped'
  done_at: string | null
  reason: string | null
  notes: { id: string; at: string; text: string }[]
}
export interface ReportIn {
  id: string
  status: 'reported' | 'confirmed' | 'returned'
  home_unit: string
  unit_phone: string | null
  strengths: string | null
  liaison_group: string | null
  reported_at: string
  reason: string | null
}
export interface MyParty {
  is_on: boolean
  membership:
    | (Membership & {
        home_unit: string | null
        points: { name: string; address: string | null }[]
        leaders: { role: 'branch_secretary' | 'deputy_branch_secretary' | 'party_group_leader'; name: string }[]
      })
    | null
  former: FormerMembership[]
  exemption: { reason: string; from: string; to: string | null } | null
  posts: HeldPost[]
  report_in: ReportIn | null
  pledges: Pledge[]
  branch_pledges: {
    id: string
    name: string
    text: string
    target: string | null
    due_on: string
    is_kept: boolean
  }[]
  shows_name: boolean
  has_status_consent: boolean
  liaison_groups: { id: string; name: string; area: string | null }[]
}

export interface OrgFigures {
  managed: number
  in_service: number
  floating: number
  exempt: number
  reported_in: number
  kept: number
  settled: number
}
export interface PartyOrg {
  id: string
  parent_id: string | null
  kind: OrgKind
  name: string
  grid_id: string | null
  grid: string | null
  founded_on: string | null
  closed_on: string | null
  leads: boolean
  members: number | null
  figures: OrgFigures | null
  address: string | null
  leaders: {
    role: 'branch_secretary' | 'community_secretary' | 'deputy_branch_secretary' | 'party_group_leader'
    name: string
    from: string
    also: ('director' | 'deputy_director')[]
  }[]
}
export interface PartyTree {
  minds_party: boolean
  orgs: PartyOrg[]
}

export interface BranchMember extends Membership {
  person_id: string
  name: string
  is_me: boolean
  org_id: string
  group_id: string | null
  home_unit: string | null
  exempt: { reason: string | null; from: string; to: string | null } | null
  report_in: ReportIn['status'] | null
  posts: PostTerm[]
  pledges: { made: number; kept: number; not_kept: number }
  former: FormerMembership[] | null
}

export interface PostRule {
  post: Post
  place: 'grid' | 'building' | 'liaison_group'
  kind: MemberKind
  wanted: number
  at_most: number | null
}
export interface MapGrid {
  id: string
  name: string
  branch_id: string | null
  branch: string | null
  leads: boolean
  buildings: { id: string; name: string; compound: string }[]
  liaison_groups: { id: string; name: string }[]
}
export interface PostMap {
  is_on: boolean
  minds_party: boolean
  rules: PostRule[]
  grids: MapGrid[]
  posts: PostLine[]
}

export interface PartyDesk {
  report_ins: {
    id: string
    name: string
    home_unit: string
    unit_phone: string | null
    strengths: string | null
    branch_id: string | null
    branch: string | null
    liaison_group: string | null
    is_member: boolean
    reported_at: string
  }[]
  pledges: (Pledge & { name: string; is_due: boolean })[]
  branches: { id: string; name: string }[]
}

export interface IdentityCard extends PostPlace {
  community: string
  is_demo: boolean
  name: string
  post: Post
  promise: string
  relay_phone: string | null
}

export const fetchMyParty = (communityId: string) => rpc<MyParty>('my_party', { p_community_id: communityId })
export const fetchTree = (communityId: string) => rpc<PartyTree>('party_tree', { p_community_id: communityId })
export const fetchPostMap = (communityId: string) => rpc<PostMap>('post_map', { p_community_id: communityId })
export const fetchDesk = (communityId: string) => rpc<PartyDesk>('party_desk', { p_community_id: communityId })

export async function fetchMembers(communityId: string, orgId: string): Promise<BranchMember[]> {
  const { members } = await rpc<{ members: BranchMember[] }>('branch_members', {
    p_community_id: communityId,
    p_org_id: orgId,
  })
  return members
}

/** What the QR of a card opens; for everybody who has it. */
export const fetchIdentityCard = (communityId: string, token: string) =>
  rpc<IdentityCard>('identity_card', { p_community_id: communityId, p_token: token })
