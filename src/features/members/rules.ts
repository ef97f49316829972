import type { Role, RoleGrant } from '@/lib/session'

/** Who may register a person without a phone (`register_person`). */
export const REGISTRAR_ROLES: Role[] = [
  'community_worker',
  'community_secretary',
  'street_admin',
  'grid_worker',
  'building_head',
  'corps_leader',
]

export const OFFICE_STAFF: Role[] = ['community_worker', 'community_secretary', 'street_admin']

export const ROLE_GRANTERS: Role[] = ['community_secretary', 'street_admin']

/** Roles that are granted; resident, volunteer and party member follow from other facts. */
export const GRANTABLE_ROLES = [
  'corps_leader',
  'grid_worker',
  'building_head',
  'resident_rep',
  'branch_secretary',
  'deputy_branch_secretary',
  'party_group_leader',
  'partner_contact',
  'reward_clerk',
  'supervisor',
  'community_worker',
  'community_secretary',
  'street_admin',
] as const satisfies readonly Role[]

export type GrantableRole = (typeof GRANTABLE_ROLES)[number]
export type ScopeKind = 'community' | 'grid' | 'building' | 'corps' | 'party_org' | 'merchant'

/** Who leads a part of the party tree. */
const PARTY_ROLES: Role[] = ['branch_secretary', 'deputy_branch_secretary', 'party_group_leader']

/** What a role is limited to: a corps leader leads one corps, a grid worker works in one grid. */
export function scopeKindsOf(role: GrantableRole): ScopeKind[] {
  if (role === 'corps_leader') return ['corps']
  if (role === 'grid_worker') return ['grid']
  // Of the community's own store, or of one partner merchant.
  if (role === 'reward_clerk') return ['community', 'merchant']
  if (role === 'building_head') return ['building', 'community']
  if (PARTY_ROLES.includes(role)) return ['party_org']
  return ['community']
}

const ORDER: Role[] = [
  'street_admin',
  'community_secretary',
  'community_worker',
  'grid_worker',
  'party_worker',
  'branch_secretary',
  'deputy_branch_secretary',
  'party_group_leader',
  'corps_leader',
  'building_head',
  'resident_rep',
  'supervisor',
  'reward_clerk',
  'partner_contact',
  'party_member',
  'volunteer',
  'resident',
]

/** The roles of a person, each once, the weightiest first; plain residence only when there is nothing else. */
export function rolesInOrder(grants: readonly Pick<RoleGrant, 'role'>[]): Role[] {
  const held = new Set(grants.map((g) => g.role))
  const sorted = ORDER.filter((role) => held.has(role))
  return sorted.length > 1 ? sorted.filter((role) => role !== 'resident') : sorted
}

/**
 * The invite code in whatever was typed, pasted or scanned: the code alone, with spaces or in
 * small letters, or the whole link. Null when there is none.
 */
export function inviteCodeFrom(text: string): string | null {
  const trimmed = text.normalize('NFKC').trim()
  const linked = /\/join\/([^/?#\s]+)/i.exec(trimmed)?.[1] ?? trimmed
  const code = linked.replace(/[\s-]/g, '').toUpperCase()
  return /^[2-9A-HJ-NP-Z]{6,16}$/.test(code) ? code : null
}

export const inviteLink = (code: string, origin: string): string => `${origin}/join/${code}`

/** The person in a member's code (`SLM1:<person>:<counter>:<digits>`), or null. */
export function personFromMemberCode(text: string): string | null {
  return /^SLM1:([0-9a-f-]{36}):\d+:\d{6}$/i.exec(text.trim())?.[1]?.toLowerCase() ?? null
}
