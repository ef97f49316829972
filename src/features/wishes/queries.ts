import { toAppError } from '@/lib/errors'
import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { computed, toValue } from 'vue'
import { fetchDesk, fetchHandOver, fetchMyClaims, fetchMyWishes, fetchRealized, fetchWall, fetchWish } from './api'
import type { WishFilters } from './rules'

export const WISH_KEYS = { root: ['wishes'] as const }
const key = (...parts: string[]) => [...WISH_KEYS.root, ...parts]
// What was withdrawn must not come back from memory: nothing is fresh for longer than a glance, nothing outlives its screen.
const FLEETING = { staleTime: 1000, gcTime: 1000 } as const
/** How often an open page of wishes looks again, in ms. */
export const LOOKS_AGAIN = 15_000

export function useWishWall(filters: MaybeRefOrGetter<WishFilters>, limit: MaybeRefOrGetter<number>) {
  const session = useSessionStore()
  return useQuery({
    key: () => key('wall', session.communityId ?? '', JSON.stringify(toValue(filters)), String(toValue(limit))),
    query: () => fetchWall(session.communityId, toValue(filters), toValue(limit), session.isSignedIn),
    placeholderData: (previous) => previous,
    ...FLEETING,
  })
}

export function useWish(id: MaybeRefOrGetter<string>) {
  const session = useSessionStore()
  const query = useQuery({
    key: () => key('one', toValue(id), session.userId ?? ''),
    query: () => fetchWish(toValue(id), session.isSignedIn),
    ...FLEETING,
  })
  // Withdrawn while somebody looks: what was read before is not shown a moment longer.
  const isGone = computed(() => query.error.value !== null && toAppError(query.error.value).slug === 'wish_unknown')
  return { ...query, data: computed(() => (isGone.value ? undefined : query.data.value)) }
}

export function useRealizedWishes() {
  const session = useSessionStore()
  return useQuery({
    key: () => key('realized', session.communityId ?? ''),
    query: () => fetchRealized(session.communityId),
    ...FLEETING,
  })
}

export function useMyWishes() {
  const session = useSessionStore()
  return useQuery({
    key: () => key('mine', session.communityId ?? ''),
    query: () => fetchMyWishes(session.communityId!),
    enabled: () => session.communityId !== null,
    ...FLEETING,
  })
}

export function useMyClaims(isWanted: () => boolean = () => true) {
  const session = useSessionStore()
  return useQuery({
    key: () => key('claims', session.communityId ?? ''),
    query: () => fetchMyClaims(session.communityId!),
    enabled: () => session.communityId !== null && isWanted(),
    ...FLEETING,
  })
}

export function useHandOver(claimId: MaybeRefOrGetter<string>) {
  const session = useSessionStore()
  return useQuery({
    key: () => key('hand-over', toValue(claimId)),
    query: () => fetchHandOver(session.communityId!, toValue(claimId)),
    enabled: () => session.communityId !== null,
    ...FLEETING,
  })
}

export function useWishDesk() {
  const session = useSessionStore()
  return useQuery({
    key: () => key('desk', session.communityId ?? ''),
    query: () => fetchDesk(session.communityId!),
    enabled: () => session.communityId !== null,
    ...FLEETING,
  })
}
