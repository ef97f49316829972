import type { BranchMember, MapGrid, PartyOrg, PartyTree, PostLine, PostMap, PostPlace, PostRule } from './api'

/** 「一片 · 1号楼」 */
export const placeOf = (place: PostPlace) =>
  [place.grid, place.compound, place.building, place.liaison_group].filter(Boolean).join(' · ')

/** The posts of a map that count on a day. */
export const heldOn = (posts: readonly PostLine[], day: string) =>
  posts.filter((p) => p.from <= day && (p.to === null || p.to >= day))

/** A place where a post should be held: a building, a grid as a whole, or a 联络小组. */
export interface PostSlot {
  rule: PostRule
  grid: MapGrid
  buildingId: string | null
  liaisonGroupId: string | null
  place: string
  holders: PostLine[]
  /** Who comes after today. */
  coming: PostLine[]
  missing: number
}

/**
 * Every place of a grid for a post, with who holds it on a day. A holder for the whole grid covers each of its buildings.
 */
export function slotsOf(map: PostMap, grid: MapGrid, rule: PostRule, day: string): PostSlot[] {
  const here = map.posts.filter((p) => p.post === rule.post && p.grid_id === grid.id)
  const today = heldOn(here, day)
  const slot = (place: string, fits: (p: PostLine) => boolean, ids: Partial<PostSlot> = {}, covered = 0): PostSlot => {
    const holders = today.filter(fits)
    return {
      rule,
      grid,
      buildingId: null,
      liaisonGroupId: null,
      place,
      holders,
      coming: here.filter((p) => p.from > day && fits(p)),
      missing: Math.max(0, rule.wanted - holders.length - covered),
      ...ids,
    }
  }
  if (rule.place === 'liaison_group')
    return grid.liaison_groups.map((l) =>
      slot(l.name, (p) => p.liaison_group === l.name && p.building_id === null, { liaisonGroupId: l.id }),
    )
  const whole = slot(grid.name, (p) => p.building_id === null && p.liaison_group === null)
  if (rule.place === 'grid') return [whole]
  const buildings = grid.buildings.map((b) =>
    slot(
      grid.buildings.some((o) => o.compound !== b.compound) ? `${b.compound} ${b.name}` : b.name,
      (p) => p.building_id === b.id,
      { buildingId: b.id },
      whole.holders.length,
    ),
  )
  return whole.holders.length + whole.coming.length > 0 ? [{ ...whole, missing: 0 }, ...buildings] : buildings
}

export interface Coverage {
  filled: number
  wanted: number
}

/** How many of the wanted places are held; a place with more than it wants counts once. */
export function coverageOf(slots: readonly PostSlot[]): Coverage {
  const wanted = slots.filter((s) => s.rule.wanted > 0 && (s.rule.place !== 'building' || s.buildingId !== null))
  const total = wanted.reduce((sum, s) => sum + s.rule.wanted, 0)
  return { filled: total - wanted.reduce((sum, s) => sum + s.missing, 0), wanted: total }
}

/** Coverage of each post that is wanted, over some grids. */
export const sumsOf = (map: PostMap, grids: readonly MapGrid[], day: string) =>
  map.rules
    .filter((r) => r.wanted > 0)
    .map((r) => ({ post: r.post, ...coverageOf(grids.flatMap((g) => slotsOf(map, g, r, day))) }))

/** How a building stands with the posts in question. */
export type Cover = 'full' | 'part' | 'none'
export const coverOf = ({ filled, wanted }: Coverage): Cover =>
  filled >= wanted ? 'full' : filled === 0 ? 'none' : 'part'

/** The percentage of a whole, or null of nothing: a rate of nobody is not 0 %. */
export const rate = (part: number, whole: number) => (whole > 0 ? Math.round((part * 100) / whole) : null)

export interface TreeNode {
  org: PartyOrg
  depth: number
}

/** The tree from its roots down, in reading order. */
export function treeOf(orgs: readonly PartyOrg[]): TreeNode[] {
  const ids = new Set(orgs.map((o) => o.id))
  const walk = (parent: string | null, depth: number): TreeNode[] =>
    orgs
      .filter((o) => (parent === null ? o.parent_id === null || !ids.has(o.parent_id) : o.parent_id === parent))
      .flatMap((org) => [{ org, depth }, ...walk(org.id, depth + 1)])
  return walk(null, 0)
}

/** What may stand under an organisation. */
export function childKindsOf(kind: PartyOrg['kind']): PartyOrg['kind'][] {
  switch (kind) {
    case 'committee':
      return ['general_branch', 'branch', 'liaison_area']
    case 'area_committee':
    case 'general_branch':
      return ['branch', 'liaison_area']
    case 'branch':
      return ['group', 'activity_point', 'liaison_area']
    case 'group':
      return ['activity_point']
    case 'liaison_area':
      return ['liaison_group']
    default:
      return []
  }
}

/** Who of a branch may take a post: of the kind it is for, not oneself, not one of those who have it. */
export function candidatesFor(slot: PostSlot, members: readonly BranchMember[]): BranchMember[] {
  const holding = new Set([...slot.holders, ...slot.coming].map((p) => p.person_id))
  return members.filter((m) => m.kind === slot.rule.kind && !m.is_me && !holding.has(m.person_id))
}

/** A place with its holders, as a line of the list. */
export interface SlotLine {
  key: string
  grid: string
  place: string
  post: PostRule['post']
  holders: string
  from: string
  phone: string
  missing: number
}

export function linesOf(map: PostMap, rules: readonly PostRule[], day: string): SlotLine[] {
  return map.grids.flatMap((grid) =>
    rules.flatMap((rule) =>
      slotsOf(map, grid, rule, day).map((slot) => ({
        key: `${rule.post}/${slot.buildingId ?? slot.liaisonGroupId ?? grid.id}`,
        grid: grid.name,
        place: slot.place,
        post: rule.post,
        holders: slot.holders.map((h) => h.name ?? '—').join('、'),
        from: slot.holders.map((h) => h.from).join('、'),
        phone: slot.holders.map((h) => h.relay_phone ?? '').join('、'),
        missing: slot.missing,
      })),
    ),
  )
}

/** The cells of a grid's drawing: each building with how many of its posts are held. */
export function cellsOf(map: PostMap, grid: MapGrid, rules: readonly PostRule[], day: string) {
  const slots = rules.flatMap((rule) => slotsOf(map, grid, rule, day))
  const of = (name: string, id: string, mine: PostSlot[]) => ({ id, name, ...coverageOf(mine) })
  const places =
    rules.length > 0 && rules.every((r) => r.place === 'liaison_group')
      ? grid.liaison_groups.map((l) => ({
          id: l.id,
          name: l.name,
          filled: slots.filter((s) => s.liaisonGroupId === l.id).reduce((sum, s) => sum + s.holders.length, 0),
          wanted: 0,
        }))
      : grid.buildings.map((b) =>
          of(
            grid.buildings.some((o) => o.id !== b.id && o.name === b.name) ? `${b.compound}${b.name}` : b.name,
            b.id,
            slots.filter((s) => s.buildingId === b.id),
          ),
        )
  const whole = slots.filter((s) => s.rule.place === 'grid')
  return whole.length > 0 ? [of(grid.name, grid.id, whole), ...places.filter((p) => p.wanted > 0)] : places
}

/** Where a member can belong: the branches one leads, or every one for the party office. */
export const branchesOf = (tree: PartyTree) =>
  tree.orgs.filter(
    (o) => ['branch', 'general_branch', 'committee', 'area_committee'].includes(o.kind) && o.leads && !o.closed_on,
  )

/** The groups beneath a branch, its 联络小组 too. */
export function groupsOf(tree: PartyTree, orgId: string): PartyOrg[] {
  const below = tree.orgs.filter((o) => o.parent_id === orgId && !o.closed_on)
  return [
    ...below.filter((o) => o.kind === 'group' || o.kind === 'liaison_group'),
    ...below.flatMap((o) => groupsOf(tree, o.id)),
  ]
}
