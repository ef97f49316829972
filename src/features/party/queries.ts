import { useSessionStore } from '@/lib/session'
import { useQuery, useQueryCache } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { toValue } from 'vue'
import { fetchBranchScores, fetchDesk, fetchDuesOf, fetchGroupMeetings, fetchLife, fetchScore } from './api'

export const PARTY_KEYS = {
  root: ['party'] as const,
  score: (communityId: string, year: number, personId: string | null) =>
    [...PARTY_KEYS.root, communityId, 'score', String(year), personId ?? 'me'] as const,
  life: (communityId: string, year: number) => [...PARTY_KEYS.root, communityId, 'life', String(year)] as const,
  desk: (communityId: string, orgId: string | null) =>
    [...PARTY_KEYS.root, communityId, 'desk', orgId ?? 'own'] as const,
  meetings: (communityId: string) => [...PARTY_KEYS.root, communityId, 'meetings'] as const,
  scores: (communityId: string, orgId: string, year: number) =>
    [...PARTY_KEYS.root, communityId, 'scores', orgId, String(year)] as const,
}

export function useScore(year: MaybeRefOrGetter<number>, personId: MaybeRefOrGetter<string | null> = null) {
  const session = useSessionStore()
  return useQuery({
    key: () => PARTY_KEYS.score(session.communityId ?? '', toValue(year), toValue(personId)),
    query: () => fetchScore(session.communityId!, toValue(year), toValue(personId)),
    enabled: () => session.communityId !== null,
  })
}

export function usePartyLife(year: MaybeRefOrGetter<number>) {
  const session = useSessionStore()
  return useQuery({
    key: () => PARTY_KEYS.life(session.communityId ?? '', toValue(year)),
    query: () => fetchLife(session.communityId!, toValue(year)),
    enabled: () => session.communityId !== null,
  })
}

export function useDesk(orgId: MaybeRefOrGetter<string | null>) {
  const session = useSessionStore()
  return useQuery({
    key: () => PARTY_KEYS.desk(session.communityId ?? '', toValue(orgId)),
    query: () => fetchDesk(session.communityId!, toValue(orgId)),
    enabled: () => session.communityId !== null,
  })
}

/** For whoever leads a group. */
export function useGroupMeetings() {
  const session = useSessionStore()
  return useQuery({
    key: () => PARTY_KEYS.meetings(session.communityId ?? ''),
    query: () => fetchGroupMeetings(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

export function useBranchScores(orgId: MaybeRefOrGetter<string>, year: MaybeRefOrGetter<number>) {
  const session = useSessionStore()
  return useQuery({
    key: () => PARTY_KEYS.scores(session.communityId ?? '', toValue(orgId), toValue(year)),
    query: () => fetchBranchScores(session.communityId!, toValue(orgId), toValue(year)),
    enabled: () => session.communityId !== null && session.isModuleOn('party_points'),
  })
}

/** The dues of a month, for whoever notes them. */
export function useDuesOf(month: MaybeRefOrGetter<string | null>) {
  const session = useSessionStore()
  return useQuery({
    key: () => [...PARTY_KEYS.root, session.communityId ?? '', 'dues', toValue(month) ?? ''],
    query: () => fetchDuesOf(session.communityId!, toValue(month)!),
    enabled: () => session.communityId !== null && toValue(month) !== null,
  })
}

export function useRefreshParty() {
  const cache = useQueryCache()
  return () =>
    Promise.all([cache.invalidateQueries({ key: [...PARTY_KEYS.root] }), cache.invalidateQueries({ key: ['duties'] })])
}
