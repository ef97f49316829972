import { SHIFT_KEYS, useActingFor } from '@/features/shifts'
import { useSessionStore } from '@/lib/session'
import { useQuery, useQueryCache } from '@pinia/colada'
import { getAdmin, getDesk, getLog, getOrders, getShop, getStatement } from './api'

export const REWARD_KEYS = {
  root: (communityId: string) => ['rewards', communityId] as const,
  shop: (communityId: string, personId: string) => [...REWARD_KEYS.root(communityId), 'shop', personId] as const,
  orders: (communityId: string, personId: string) => [...REWARD_KEYS.root(communityId), 'orders', personId] as const,
  log: (communityId: string) => [...REWARD_KEYS.root(communityId), 'log'] as const,
  desk: (communityId: string) => [...REWARD_KEYS.root(communityId), 'desk'] as const,
  admin: (communityId: string) => [...REWARD_KEYS.root(communityId), 'admin'] as const,
  statement: (communityId: string, merchantId: string | null, from: string, to: string) =>
    [...REWARD_KEYS.root(communityId), 'statement', merchantId ?? 'own', from, to] as const,
}

/** The shop as the person acted for sees it. */
export function useShop() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => REWARD_KEYS.shop(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => getShop(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** Orders of the person acted for. */
export function useOrders() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => REWARD_KEYS.orders(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => getOrders(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** The counter of a clerk. */
export function useDesk() {
  const session = useSessionStore()
  return useQuery({
    key: () => REWARD_KEYS.desk(session.communityId ?? ''),
    query: () => getDesk(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

/** Catalogue, merchants, fund. */
export function useAdmin() {
  const session = useSessionStore()
  return useQuery({
    key: () => REWARD_KEYS.admin(session.communityId ?? ''),
    query: () => getAdmin(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

export const logQuery = (communityId: string) => ({
  key: REWARD_KEYS.log(communityId),
  query: () => getLog(communityId),
})

export const statementQuery = (communityId: string, merchantId: string | null, from: string, to: string) => ({
  key: REWARD_KEYS.statement(communityId, merchantId, from, to),
  query: () => getStatement(communityId, merchantId, from, to),
})

/** After any command of the shop: everything of it, and the points it moved. */
export function useRefreshRewards() {
  const cache = useQueryCache()
  const session = useSessionStore()
  return () => {
    void cache.invalidateQueries({ key: [...REWARD_KEYS.root(session.communityId ?? '')] })
    void cache.invalidateQueries({ key: [...SHIFT_KEYS.root] })
  }
}
