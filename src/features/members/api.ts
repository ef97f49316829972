import { toAppError } from '@/lib/errors'
import type { Role } from '@/lib/session'
import type { Db } from '@/lib/supabase'
import { publicRpc, rpc, supabase } from '@/lib/supabase'
import type { GrantableRole, ScopeKind } from './rules'

// ---------------------------------------------------------------- joining

export interface InvitePlace {
  communityId: string
  communityName: string
  isDemo: boolean
}

/** Which community an invite leads to; for everybody. Errors: invite_unknown, invite_expired, invite_used_up. */
export async function lookUpInvite(code: string): Promise<InvitePlace> {
  const row = await publicRpc<{ community_id: string; community_name: string; is_demo: boolean }>('look_up_invite', {
    p_code: code,
  })
  return { communityId: row.community_id, communityName: row.community_name, isDemo: row.is_demo }
}

export interface JoinInput {
  code: string
  name: string
  phone: string
  guardianName: string | null
  guardianPhone: string | null
  consentVersion: string
}

export function requestJoin(id: string, input: JoinInput): Promise<void> {
  return rpc('request_join', {
    p_id: id,
    p_code: input.code,
    p_name: input.name,
    p_phone: input.phone,
    p_consent_version: input.consentVersion,
    p_guardian_name: input.guardianName,
    p_guardian_phone: input.guardianPhone,
  })
}

export function withdrawJoin(id: string, communityId: string, requestId: string): Promise<void> {
  return rpc('withdraw_join', { p_community_id: communityId, p_id: id, p_request_id: requestId })
}

// ---------------------------------------------------------------- oneself and one's people

export interface Profile {
  realName: string
  displayName: string
  phone: string | null
  birthYear: number | null
  birthMonth: number | null
  gridName: string | null
  volunteerNo: string | null
}

/** A table by a name known only at run time; the caller says what its rows are. */
const anyTable = (db: Db, table: string) => db.from(table as 'person_private')

export async function fetchProfile(communityId: string, personId: string): Promise<Profile> {
  const db = await supabase()
  const own = (table: string, columns: string, key: string) =>
    anyTable(db, table)
      .select(columns)
      .eq('community_id', communityId)
      .eq(key as 'person_id', personId)
      .maybeSingle()
  const [person, priv, volunteer] = await Promise.all([
    own('persons', 'display_name, birth_year, grid_id', 'id'),
    own('person_private', 'real_name, phone, birth_month', 'person_id'),
    own('volunteers', 'volunteer_no, status', 'id'),
  ])
  for (const answer of [person, priv, volunteer]) if (answer.error) throw toAppError(answer.error, answer.status)
  const p = person.data as unknown as { display_name: string; birth_year: number | null; grid_id: string | null } | null
  const q = priv.data as unknown as { real_name: string; phone: string | null; birth_month: number | null } | null
  const v = volunteer.data as unknown as { volunteer_no: string; status: string } | null
  const grids = p?.grid_id ? await fetchGrids(communityId) : []
  return {
    realName: q?.real_name ?? p?.display_name ?? '',
    displayName: p?.display_name ?? '',
    phone: q?.phone ?? null,
    birthYear: p?.birth_year ?? null,
    birthMonth: q?.birth_month ?? null,
    gridName: grids.find((g) => g.id === p?.grid_id)?.name ?? null,
    volunteerNo: v && v.status !== 'left' ? v.volunteer_no : null,
  }
}

export interface HelpedPerson {
  linkId: string
  personId: string
  relation: 'helper' | 'guardian'
  since: string
  realName: string
  phoneMasked: string | null
  birthYear: number | null
  grid: string | null
  volunteerNo: string | null
  hasAccount: boolean
}

export interface MyHelper {
  linkId: string
  personId: string
  relation: 'helper' | 'guardian'
  since: string
  displayName: string
}

export interface MyPeople {
  iHelp: HelpedPerson[]
  helpMe: MyHelper[]
}

interface MyPeopleRow {
  i_help: {
    link_id: string
    person_id: string
    relation: 'helper' | 'guardian'
    since: string
    real_name: string
    phone_masked: string | null
    birth_year: number | null
    grid: string | null
    volunteer_no: string | null
    has_account: boolean
  }[]
  help_me: {
    link_id: string
    person_id: string
    relation: 'helper' | 'guardian'
    since: string
    display_name: string
  }[]
}

export async function fetchMyPeople(communityId: string): Promise<MyPeople> {
  const row = await rpc<MyPeopleRow>('my_people', { p_community_id: communityId })
  return {
    iHelp: row.i_help.map((h) => ({
      linkId: h.link_id,
      personId: h.person_id,
      relation: h.relation,
      since: h.since,
      realName: h.real_name,
      phoneMasked: h.phone_masked,
      birthYear: h.birth_year,
      grid: h.grid,
      volunteerNo: h.volunteer_no,
      hasAccount: h.has_account,
    })),
    helpMe: row.help_me.map((h) => ({
      linkId: h.link_id,
      personId: h.person_id,
      relation: h.relation,
      since: h.since,
      displayName: h.display_name,
    })),
  }
}

export interface PersonInput {
  name: string
  birthYear: number
  birthMonth: number
  phone: string | null
  gridId: string | null
  consentVia: 'helper' | 'paper' | 'guardian'
  guardianName: string | null
  guardianPhone: string | null
}

export async function registerPerson(id: string, communityId: string, person: PersonInput): Promise<string> {
  const row = await rpc<{ person_id: string }>('register_person', {
    p_community_id: communityId,
    p_id: id,
    p_name: person.name,
    p_birth_year: person.birthYear,
    p_birth_month: person.birthMonth,
    p_phone: person.phone,
    p_grid_id: person.gridId,
    p_consent_via: person.consentVia,
    p_guardian_name: person.guardianName,
    p_guardian_phone: person.guardianPhone,
  })
  return row.person_id
}

/** Makes a person (oneself without `personId`) a volunteer. */
export async function registerVolunteer(
  id: string,
  communityId: string,
  consentVersion: string,
  personId: string | null,
): Promise<string> {
  const row = await rpc<{ volunteer_no: string }>('register_volunteer', {
    p_community_id: communityId,
    p_id: id,
    p_consent_version: consentVersion,
    p_for_person_id: personId,
  })
  return row.volunteer_no
}

export function linkHelper(
  id: string,
  communityId: string,
  link: { personId: string; helperId: string; relation: 'helper' | 'guardian' },
): Promise<void> {
  return rpc('link_helper', {
    p_community_id: communityId,
    p_id: id,
    p_person_id: link.personId,
    p_helper_person_id: link.helperId,
    p_relation: link.relation,
  })
}

export function unlinkHelper(id: string, communityId: string, linkId: string): Promise<void> {
  return rpc('unlink_helper', { p_community_id: communityId, p_id: id, p_link_id: linkId })
}

// ---------------------------------------------------------------- privacy

export type ConsentPurpose =
  | 'community_service'
  | 'volunteer_record'
  | 'publish_name'
  | 'boards'
  | 'political_status'
  | 'guardian'
  | 'helper'

export interface Consent {
  id: string
  purpose: ConsentPurpose
  version: string
  grantedAt: string
  withdrawnAt: string | null
  via: 'self' | 'helper' | 'guardian' | 'paper'
}

export interface DataLook {
  id: string
  at: string
  what: string
  reason: string
  viewer: string
}

export type PrivacyKind = 'access' | 'correction' | 'copy' | 'deletion' | 'complaint'

export interface PrivacyRequest {
  id: string
  kind: PrivacyKind
  note: string | null
  status: 'open' | 'answered' | 'done'
  answer: string | null
  createdAt: string
  dueOn: string
  closedAt: string | null
}

interface PrivacyRequestRow {
  id: string
  kind: PrivacyKind
  note: string | null
  status: 'open' | 'answered' | 'done'
  answer: string | null
  created_at: string
  due_on: string
  closed_at: string | null
}

const toRequest = (r: PrivacyRequestRow): PrivacyRequest => ({
  id: r.id,
  kind: r.kind,
  note: r.note,
  status: r.status,
  answer: r.answer,
  createdAt: r.created_at,
  dueOn: r.due_on,
  closedAt: r.closed_at,
})

export interface MyPrivacy {
  consents: Consent[]
  looks: DataLook[]
  requests: PrivacyRequest[]
}

interface MyPrivacyRow {
  consents: {
    id: string
    purpose: ConsentPurpose
    version: string
    granted_at: string
    withdrawn_at: string | null
    given_via: Consent['via']
  }[]
  looks: DataLook[]
  requests: PrivacyRequestRow[]
}

export async function fetchMyPrivacy(communityId: string): Promise<MyPrivacy> {
  const row = await rpc<MyPrivacyRow>('my_privacy', { p_community_id: communityId })
  return {
    consents: row.consents.map((c) => ({
      id: c.id,
      purpose: c.purpose,
      version: c.version,
      grantedAt: c.granted_at,
      withdrawnAt: c.withdrawn_at,
      via: c.given_via,
    })),
    looks: row.looks,
    requests: row.requests.map(toRequest),
  }
}

export function giveConsent(id: string, communityId: string, purpose: ConsentPurpose, version: string): Promise<void> {
  return rpc('give_consent', { p_community_id: communityId, p_id: id, p_purpose: purpose, p_version: version })
}

export function withdrawConsent(id: string, communityId: string, purpose: ConsentPurpose): Promise<void> {
  return rpc('withdraw_consent', { p_community_id: communityId, p_id: id, p_purpose: purpose })
}

export function askPrivacy(id: string, communityId: string, kind: PrivacyKind, note: string | null): Promise<void> {
  return rpc('ask_privacy', { p_community_id: communityId, p_id: id, p_kind: kind, p_note: note })
}

export function leaveCommunity(id: string, communityId: string): Promise<void> {
  return rpc('leave_community', { p_community_id: communityId, p_id: id })
}

export function eraseMe(id: string, communityId: string): Promise<void> {
  return rpc('erase_me', { p_community_id: communityId, p_id: id })
}

export type CopiedRow = Record<string, unknown>

/** Every table that holds rows about a person, and the column that says so. */
const MY_TABLES: readonly (readonly [table: string, column: string])[] = [
  ['persons', 'id'],
  ['person_private', 'person_id'],
  ['volunteers', 'id'],
  ['qualifications', 'person_id'],
  ['corps_members', 'person_id'],
  ['role_grants', 'person_id'],
  ['party_memberships', 'person_id'],
  ['party_posts', 'person_id'],
  ['staff_posts', 'person_id'],
  ['signups', 'person_id'],
  ['attendances', 'person_id'],
  ['service_records', 'person_id'],
  ['earlier_hours', 'person_id'],
  ['star_grades', 'person_id'],
  ['certificates', 'person_id'],
  ['correction_requests', 'person_id'],
  ['point_entries', 'person_id'],
  ['consents', 'person_id'],
  ['helper_links', 'person_id'],
  ['guardian_links', 'minor_person_id'],
  ['privacy_requests', 'person_id'],
  ['access_logs', 'person_id'],
  ['notifications', 'person_id'],
  ['notice_settings', 'id'],
]

/** All rows about a person that this person may read, by table; empty tables are left out. */
export async function fetchMyCopy(communityId: string, personId: string): Promise<Record<string, CopiedRow[]>> {
  const db = await supabase()
  const copy: Record<string, CopiedRow[]> = {}
  const account = await db.from('accounts').select('*')
  if (account.error) throw toAppError(account.error, account.status)
  copy['accounts'] = account.data as CopiedRow[]
  for (const [table, column] of MY_TABLES) {
    const rows = await allRows((from, to) =>
      anyTable(db, table)
        .select('*')
        .eq('community_id', communityId)
        .eq(column as 'person_id', personId)
        .order((table === 'person_private' ? column : 'id') as 'person_id')
        .range(from, to),
    )
    if (rows.length > 0) copy[table] = rows
  }
  return copy
}

type Page = (from: number, to: number) => PromiseLike<{ data: unknown; error: unknown; status: number }>

/** A server gives at most its own limit of rows at once: asks until there are no more. */
async function allRows(page: Page): Promise<CopiedRow[]> {
  const rows: CopiedRow[] = []
  for (;;) {
    const { data, error, status } = await page(rows.length, rows.length + 999)
    if (error) throw toAppError(error, status)
    const found = (data ?? []) as CopiedRow[]
    rows.push(...found)
    if (found.length === 0 || found.length < 500) return rows
  }
}

// ---------------------------------------------------------------- the office

export interface Grid {
  id: string
  code: string
  name: string
}

export async function fetchGrids(communityId: string): Promise<Grid[]> {
  const db = await supabase()
  const { data, error, status } = await db
    .from('grids')
    .select('id, code, name')
    .eq('community_id', communityId)
    .order('sort')
    .order('code')
  if (error) throw toAppError(error, status)
  return data as Grid[]
}

export const PEOPLE_KINDS = ['all', 'volunteer', 'party_member', 'staff', 'no_account'] as const
export type PeopleKind = (typeof PEOPLE_KINDS)[number]

export interface PeopleFilter {
  search: string
  kind: PeopleKind
  gridId: string | null
}

export interface RosterPerson {
  id: string
  realName: string
  birthYear: number | null
  hasPhone: boolean
  phoneMasked: string | null
  gridName: string | null
  hasAccount: boolean
  volunteerNo: string | null
  partyKind: 'managed' | 'in_service' | 'floating' | null
  roles: Role[]
}

export interface RosterPage {
  total: number
  people: RosterPerson[]
}

interface RosterRow {
  id: string
  real_name: string
  birth_year: number | null
  has_phone: boolean
  phone_masked: string | null
  grid_name: string | null
  has_account: boolean
  volunteer_no: string | null
  party_kind: RosterPerson['partyKind']
  roles: { role: Role }[]
}

export async function fetchPeople(
  communityId: string,
  filter: PeopleFilter,
  page: { limit: number; offset: number },
): Promise<RosterPage> {
  const answer = await rpc<{ total: number; people: RosterRow[] }>('list_people', {
    p_community_id: communityId,
    p_search: filter.search || null,
    p_kind: filter.kind,
    p_grid_id: filter.gridId,
    p_limit: page.limit,
    p_offset: page.offset,
  })
  return {
    total: answer.total,
    people: answer.people.map((p) => ({
      id: p.id,
      realName: p.real_name,
      birthYear: p.birth_year,
      hasPhone: p.has_phone,
      phoneMasked: p.phone_masked,
      gridName: p.grid_name,
      hasAccount: p.has_account,
      volunteerNo: p.volunteer_no,
      partyKind: p.party_kind,
      roles: p.roles.map((r) => r.role),
    })),
  }
}

/** Everybody the filter finds, a thousand at a time, for an export. */
export async function fetchAllPeople(communityId: string, filter: PeopleFilter): Promise<RosterPerson[]> {
  const people: RosterPerson[] = []
  for (;;) {
    const page = await fetchPeople(communityId, filter, { limit: 1000, offset: people.length })
    people.push(...page.people)
    if (page.people.length === 0 || people.length >= page.total) return people
  }
}

export interface RevealedPerson {
  realName: string
  phone: string | null
  birthYear: number | null
  birthMonth: number | null
  guardians: { name: string; phone: string }[]
}

/** Name and phone, with a reason; the person sees that somebody looked. */
export async function revealPerson(
  id: string,
  communityId: string,
  personId: string,
  reason: string,
): Promise<RevealedPerson> {
  const row = await rpc<{
    real_name: string
    phone: string | null
    birth_year: number | null
    birth_month: number | null
    guardians?: { name: string; phone: string }[]
  }>('reveal_person', { p_community_id: communityId, p_id: id, p_person_id: personId, p_reason: reason })
  return {
    realName: row.real_name,
    phone: row.phone,
    birthYear: row.birth_year,
    birthMonth: row.birth_month,
    guardians: row.guardians ?? [],
  }
}

export interface RosterMatch {
  personId: string
  realName: string
  phoneMasked: string | null
  grid: string | null
  birthYear: number | null
}

export interface JoinRequest {
  id: string
  realName: string
  phoneMasked: string
  birthYear: number
  birthMonth: number
  guardianName: string | null
  guardianPhone: string | null
  createdAt: string
  match: RosterMatch | null
  sameName: RosterMatch[]
}

interface MatchRow {
  person_id: string
  real_name: string
  phone_masked?: string | null
  grid: string | null
  birth_year: number | null
}

const toMatch = (m: MatchRow): RosterMatch => ({
  personId: m.person_id,
  realName: m.real_name,
  phoneMasked: m.phone_masked ?? null,
  grid: m.grid,
  birthYear: m.birth_year,
})

export async function fetchJoinDesk(communityId: string): Promise<JoinRequest[]> {
  const rows = await rpc<
    {
      id: string
      real_name: string
      phone_masked: string
      birth_year: number
      birth_month: number
      guardian_name: string | null
      guardian_phone: string | null
      created_at: string
      match: MatchRow | null
      same_name: MatchRow[]
    }[]
  >('join_desk', { p_community_id: communityId })
  return rows.map((r) => ({
    id: r.id,
    realName: r.real_name,
    phoneMasked: r.phone_masked,
    birthYear: r.birth_year,
    birthMonth: r.birth_month,
    guardianName: r.guardian_name,
    guardianPhone: r.guardian_phone,
    createdAt: r.created_at,
    match: r.match && toMatch(r.match),
    sameName: r.same_name.map(toMatch),
  }))
}

export interface JoinDecision {
  requestId: string
  decision: 'confirm' | 'reject'
  /** Who of the roster this is; null makes a new person. */
  personId: string | null
  guardianConsented: boolean
  reason: string | null
}

export function reviewJoin(id: string, communityId: string, decision: JoinDecision): Promise<void> {
  return rpc('review_join', {
    p_community_id: communityId,
    p_id: id,
    p_request_id: decision.requestId,
    p_decision: decision.decision,
    p_person_id: decision.personId,
    p_guardian_consented: decision.guardianConsented,
    p_reason: decision.reason,
  })
}

export interface Invite {
  id: string
  code: string
  createdAt: string
  expiresAt: string
  maxUses: number
  used: number
  revokedAt: string | null
}

export async function fetchInvites(communityId: string): Promise<Invite[]> {
  const db = await supabase()
  const { data, error, status } = await db
    .from('invites')
    .select('id, code, created_at, expires_at, max_uses, used, revoked_at')
    .eq('community_id', communityId)
    .order('created_at', { ascending: false })
    .limit(200)
  if (error) throw toAppError(error, status)
  return (
    data as {
      id: string
      code: string
      created_at: string
      expires_at: string
      max_uses: number
      used: number
      revoked_at: string | null
    }[]
  ).map((i) => ({
    id: i.id,
    code: i.code,
    createdAt: i.created_at,
    expiresAt: i.expires_at,
    maxUses: i.max_uses,
    used: i.used,
    revokedAt: i.revoked_at,
  }))
}

export function createInvite(
  id: string,
  communityId: string,
  days: number,
  maxUses: number,
): Promise<{ id: string; code: string }> {
  return rpc('create_invite', { p_community_id: communityId, p_id: id, p_days: days, p_max_uses: maxUses })
}

export function revokeInvite(id: string, communityId: string, inviteId: string): Promise<void> {
  return rpc('revoke_invite', { p_community_id: communityId, p_id: id, p_invite_id: inviteId })
}

export interface RoleGrantEntry {
  id: string
  personId: string
  realName: string
  role: GrantableRole
  scopeKind: ScopeKind
  scopeName: string | null
  validFrom: string
  validTo: string | null
  grantedBy: string | null
  isCurrent: boolean
  isFuture: boolean
}

export async function fetchRoleDesk(communityId: string): Promise<RoleGrantEntry[]> {
  const rows = await rpc<
    {
      id: string
      person_id: string
      real_name: string
      role: GrantableRole
      scope_kind: ScopeKind
      scope_name: string | null
      valid_from: string
      valid_to: string | null
      granted_by: string | null
      is_current: boolean
      is_future: boolean
    }[]
  >('role_desk', { p_community_id: communityId })
  return rows.map((r) => ({
    id: r.id,
    personId: r.person_id,
    realName: r.real_name,
    role: r.role,
    scopeKind: r.scope_kind,
    scopeName: r.scope_name,
    validFrom: r.valid_from,
    validTo: r.valid_to,
    grantedBy: r.granted_by,
    isCurrent: r.is_current,
    isFuture: r.is_future,
  }))
}

export interface Scope {
  id: string
  name: string
}

/** What a role can be limited to. */
export async function fetchScopes(communityId: string, kind: ScopeKind): Promise<Scope[]> {
  if (kind === 'community') return []
  if (kind === 'grid') return fetchGrids(communityId)
  const db = await supabase()
  const query =
    kind === 'corps'
      ? db.from('corps').select('id, name').eq('community_id', communityId).is('closed_on', null).order('color')
      : kind === 'building'
        ? db.from('buildings').select('id, name, compounds(name)').eq('community_id', communityId).order('name')
        : kind === 'merchant'
          ? db.from('merchants').select('id, name').eq('community_id', communityId).eq('is_active', true).order('name')
          : db.from('party_orgs').select('id, name').eq('community_id', communityId).order('name')
  const { data, error, status } = await query
  if (error) throw toAppError(error, status)
  return (data as { id: string; name: string; compounds?: { name: string } | null }[]).map((s) => ({
    id: s.id,
    name: s.compounds ? `${s.compounds.name} ${s.name}` : s.name,
  }))
}

export interface RoleInput {
  personId: string
  role: GrantableRole
  scopeKind: ScopeKind
  scopeId: string | null
  validFrom: string | null
  validTo: string | null
}

export function grantRole(id: string, communityId: string, grant: RoleInput): Promise<void> {
  return rpc('grant_role', {
    p_community_id: communityId,
    p_id: id,
    p_person_id: grant.personId,
    p_role: grant.role,
    p_scope_kind: grant.scopeKind,
    p_scope_id: grant.scopeId,
    p_valid_from: grant.validFrom,
    p_valid_to: grant.validTo,
  })
}

export function endRole(id: string, communityId: string, grantId: string): Promise<void> {
  return rpc('end_role', { p_community_id: communityId, p_id: id, p_grant_id: grantId })
}

export interface DeskPrivacyRequest extends PrivacyRequest {
  realName: string
  isOverdue: boolean
}

export async function fetchPrivacyDesk(communityId: string): Promise<DeskPrivacyRequest[]> {
  const rows = await rpc<(PrivacyRequestRow & { real_name: string; is_overdue: boolean })[]>('privacy_desk', {
    p_community_id: communityId,
  })
  return rows.map((r) => ({ ...toRequest(r), realName: r.real_name, isOverdue: r.is_overdue }))
}

export function answerPrivacy(id: string, communityId: string, requestId: string, answer: string): Promise<void> {
  return rpc('answer_privacy', { p_community_id: communityId, p_id: id, p_request_id: requestId, p_answer: answer })
}
