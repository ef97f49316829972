import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { learnServerTime } from './clock'
import type { AppError } from './errors'
import { toAppError } from './errors'
import { forgetKept } from './kept'
import { localStore } from './storage'
import { isOnline, rpc, supabase } from './supabase'
import { parseTime } from './time'

export type Role =
  | 'resident'
  | 'volunteer'
  | 'corps_leader'
  | 'party_member'
  | 'branch_secretary'
  | 'party_worker'
  | 'deputy_branch_secretary'
  | 'party_group_leader'
  | 'grid_worker'
  | 'community_worker'
  | 'community_secretary'
  | 'building_head'
  | 'resident_rep'
  | 'partner_contact'
  | 'reward_clerk'
  | 'supervisor'
  | 'street_admin'

export interface RoleGrant {
  role: Role
  scopeKind: string
  scopeId: string | null
}

export interface Membership {
  communityId: string
  communityName: string
  personId: string
  /** What others see: masked unless the person chose otherwise. */
  displayName: string
  /** The person's own name, for the person only. */
  realName: string
  gridId: string | null
  roles: RoleGrant[]
  isDemo: boolean
  /** The community's number to call; never a private one. */
  relayPhone: string | null
  unread: number
  /** Switches of the community, e.g. boards, scan_check_in, party_points. */
  modules: Record<string, boolean>
  helps: HelpedPerson[]
}

/** A person without a phone of their own, for whom the member may act (代办). */
export interface HelpedPerson {
  personId: string
  displayName: string
  relation: string
}

/** An application to a community that staff has not confirmed yet. */
export interface PendingJoin {
  id: string
  communityId: string
  communityName: string
  status: string
  /** Why it was rejected. */
  reason: string | null
  createdAt: string | null
}

/** The account above communities; null while a signed-up user has not opened it yet. */
export interface Account {
  locale: 'zh-CN' | 'en'
  birthYear: number
}

interface CachedIdentity {
  account?: Account | null
  userId: string
  email: string | null
  memberships: Membership[]
  pendingJoins: PendingJoin[]
  currentCommunityId: string | null
}

interface MySessionRow {
  user_id: string
  email?: string | null
  memberships?: {
    community_id: string
    community_name: string
    person_id: string
    display_name: string
    real_name?: string | null
    grid_id?: string | null
    unread?: number
    roles: { role: Role; scope_kind: string; scope_id: string | null }[]
    is_demo?: boolean
    relay_phone?: string | null
    modules?: Record<string, boolean>
    helps?: { person_id: string; display_name: string; relation: string }[]
  }[]
  pending_joins?: {
    id: string
    community_id: string
    community_name: string
    status: string
    reason?: string | null
    created_at?: string
  }[]
  account?: { locale: string; birth_year: number } | null
  server_time?: string
}

const CACHE_KEY = 'sanlian.session'

function fromRow(row: MySessionRow): Omit<CachedIdentity, 'currentCommunityId' | 'email'> {
  return {
    userId: row.user_id,
    memberships: (row.memberships ?? []).map((m) => ({
      communityId: m.community_id,
      communityName: m.community_name,
      personId: m.person_id,
      displayName: m.display_name,
      realName: m.real_name ?? m.display_name,
      gridId: m.grid_id ?? null,
      unread: m.unread ?? 0,
      roles: m.roles.map((r) => ({ role: r.role, scopeKind: r.scope_kind, scopeId: r.scope_id })),
      isDemo: m.is_demo ?? false,
      relayPhone: m.relay_phone ?? null,
      modules: m.modules ?? {},
      helps: (m.helps ?? []).map((h) => ({
        personId: h.person_id,
        displayName: h.display_name,
        relation: h.relation,
      })),
    })),
    pendingJoins: (row.pending_joins ?? []).map((j) => ({
      id: j.id,
      communityId: j.community_id,
      communityName: j.community_name,
      status: j.status,
      reason: j.reason ?? null,
      createdAt: j.created_at ?? null,
    })),
    account: row.account
      ? { locale: row.account.locale === 'en' ? 'en' : 'zh-CN', birthYear: row.account.birth_year }
      : null,
  }
}

/**
 * Who is using this device. Restored from the device before the first paint, so that starting
 * without network never looks like being signed out; refreshed by `my_session` when it can.
 * It decides only what is shown: what is allowed, the database decides.
 */
export const useSessionStore = defineStore('session', () => {
  const cached = localStore.get<CachedIdentity>(CACHE_KEY)
  const userId = ref<string | null>(cached?.userId ?? null)
  const email = ref<string | null>(cached?.email ?? null)
  const memberships = ref<Membership[]>(cached?.memberships ?? [])
  const pendingJoins = ref<PendingJoin[]>(cached?.pendingJoins ?? [])
  const currentCommunityId = ref<string | null>(cached?.currentCommunityId ?? null)
  const account = ref<Account | null>(cached?.account ?? null)
  /** True once the server has said who this is, since the page was opened or the person signed in. */
  const confirmed = ref(false)
  /** The server no longer accepts this device; the person should sign in again, nothing is lost. */
  const expired = ref(false)
  const refreshing = ref(false)
  let watching = false

  const isSignedIn = computed(() => userId.value !== null)
  const current = computed(
    () => memberships.value.find((m) => m.communityId === currentCommunityId.value) ?? memberships.value[0] ?? null,
  )
  const unread = computed(() => current.value?.unread ?? 0)
  const communityId = computed(() => current.value?.communityId ?? null)
  const personId = computed(() => current.value?.personId ?? null)
  const displayName = computed(() => current.value?.displayName ?? email.value ?? '')
  const roles = computed(() => new Set(current.value?.roles.map((r) => r.role) ?? []))

  /** True when the person holds at least one of the roles in the current community. */
  function hasRole(...wanted: Role[]): boolean {
    return wanted.some((role) => roles.value.has(role))
  }

  function isModuleOn(name: string): boolean {
    return current.value?.modules[name] === true
  }

  function persist() {
    if (!userId.value) return localStore.remove(CACHE_KEY)
    localStore.set(CACHE_KEY, {
      userId: userId.value,
      email: email.value,
      memberships: memberships.value,
      pendingJoins: pendingJoins.value,
      currentCommunityId: currentCommunityId.value,
      account: account.value,
    } satisfies CachedIdentity)
  }

  /** Called by sign-in with the auth user, before `refresh()`. */
  function signedIn(user: { id: string; email?: string | null }) {
    if (userId.value !== user.id) clear()
    userId.value = user.id
    email.value = user.email ?? null
    expired.value = false
    persist()
  }

  /** Called by sign-out. Drafts and the outbox stay: they belong to the person, not the session. */
  function clear() {
    userId.value = null
    email.value = null
    memberships.value = []
    pendingJoins.value = []
    currentCommunityId.value = null
    account.value = null
    confirmed.value = false
    expired.value = false
    forgetKept()
    persist()
  }

  function switchCommunity(id: string) {
    if (!memberships.value.some((m) => m.communityId === id)) return
    currentCommunityId.value = id
    persist()
  }

  function setUnread(count: number) {
    const here = current.value
    if (!here) return
    memberships.value = memberships.value.map((m) =>
      m.communityId === here.communityId ? { ...m, unread: Math.max(0, count) } : m,
    )
    persist()
  }

  async function watchAuth() {
    if (watching) return
    watching = true
    const db = await supabase()
    db.auth.onAuthStateChange((event, session) => {
      if (event === 'SIGNED_OUT' && userId.value && isOnline()) expired.value = true
      // Another tab may have signed in.
      if (event === 'SIGNED_IN' && session && session.user.id !== userId.value) {
        signedIn(session.user)
        setTimeout(() => void refresh(), 0)
      }
    })
  }

  /**
   * Asks the server who this is. Keeps what is cached when the server cannot be reached.
   * @returns the error, if it could not be asked
   */
  async function refresh(): Promise<AppError | null> {
    if (!userId.value || !isOnline()) return null
    refreshing.value = true
    const startedAt = Date.now()
    try {
      await watchAuth()
      const row = await rpc<MySessionRow | null>('my_session')
      if (!row?.user_id) return null
      if (row.server_time) learnServerTime(parseTime(row.server_time).getTime(), startedAt)
      const next = fromRow(row)
      userId.value = next.userId
      if (row.email !== undefined) email.value = row.email
      memberships.value = next.memberships
      pendingJoins.value = next.pendingJoins
      account.value = next.account ?? null
      confirmed.value = true
      currentCommunityId.value = current.value?.communityId ?? null
      expired.value = false
      persist()
      return null
    } catch (raw) {
      const error = toAppError(raw)
      if (error.slug === 'not_signed_in') expired.value = true
      return error
    } finally {
      refreshing.value = false
    }
  }

  return {
    userId,
    email,
    memberships,
    pendingJoins,
    currentCommunityId,
    account,
    confirmed,
    unread,
    expired,
    refreshing,
    isSignedIn,
    current,
    communityId,
    personId,
    displayName,
    roles,
    hasRole,
    isModuleOn,
    signedIn,
    clear,
    switchCommunity,
    setUnread,
    refresh,
  }
})
