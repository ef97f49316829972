import { useQueryCache } from '@pinia/colada'
import type { PeopleFilter } from './api'
import type { ScopeKind } from './rules'
import {
  fetchGrids,
  fetchInvites,
  fetchJoinDesk,
  fetchMyPeople,
  fetchMyPrivacy,
  fetchPeople,
  fetchPrivacyDesk,
  fetchProfile,
  fetchRoleDesk,
  fetchScopes,
  lookUpInvite,
} from './api'

export const MEMBER_KEYS = {
  root: ['members'] as const,
  invite: (code: string) => ['invite', code] as const,
  profile: (communityId: string, personId: string) => ['members', communityId, 'profile', personId] as const,
  myPeople: (communityId: string) => ['members', communityId, 'my-people'] as const,
  privacy: (communityId: string) => ['members', communityId, 'privacy'] as const,
  grids: (communityId: string) => ['members', communityId, 'grids'] as const,
  people: (communityId: string) => ['members', communityId, 'people'] as const,
  joins: (communityId: string) => ['members', communityId, 'joins'] as const,
  invites: (communityId: string) => ['members', communityId, 'invites'] as const,
  roles: (communityId: string) => ['members', communityId, 'roles'] as const,
  scopes: (communityId: string, kind: string) => ['members', communityId, 'scopes', kind] as const,
  privacyDesk: (communityId: string) => ['members', communityId, 'privacy-desk'] as const,
}

export const inviteQuery = (code: string) => ({
  key: MEMBER_KEYS.invite(code),
  query: () => lookUpInvite(code),
})

export const profileQuery = (communityId: string, personId: string) => ({
  key: MEMBER_KEYS.profile(communityId, personId),
  query: () => fetchProfile(communityId, personId),
})

export const myPeopleQuery = (communityId: string) => ({
  key: MEMBER_KEYS.myPeople(communityId),
  query: () => fetchMyPeople(communityId),
})

export const privacyQuery = (communityId: string) => ({
  key: MEMBER_KEYS.privacy(communityId),
  query: () => fetchMyPrivacy(communityId),
})

export const gridsQuery = (communityId: string) => ({
  key: MEMBER_KEYS.grids(communityId),
  query: () => fetchGrids(communityId),
  staleTime: 5 * 60_000,
})

export const peopleQuery = (communityId: string, filter: PeopleFilter, page: number, pageSize: number) => ({
  key: [...MEMBER_KEYS.people(communityId), { ...filter }, page, pageSize] as const,
  query: () => fetchPeople(communityId, filter, { limit: pageSize, offset: (page - 1) * pageSize }),
})

export const joinDeskQuery = (communityId: string) => ({
  key: MEMBER_KEYS.joins(communityId),
  query: () => fetchJoinDesk(communityId),
})

export const invitesQuery = (communityId: string) => ({
  key: MEMBER_KEYS.invites(communityId),
  query: () => fetchInvites(communityId),
})

export const roleDeskQuery = (communityId: string) => ({
  key: MEMBER_KEYS.roles(communityId),
  query: () => fetchRoleDesk(communityId),
})

export const scopesQuery = (communityId: string, kind: ScopeKind) => ({
  key: MEMBER_KEYS.scopes(communityId, kind),
  query: () => fetchScopes(communityId, kind),
})

export const privacyDeskQuery = (communityId: string) => ({
  key: MEMBER_KEYS.privacyDesk(communityId),
  query: () => fetchPrivacyDesk(communityId),
})

/** After a command about people: everything read about them is looked up again. */
export function useRefreshPeople() {
  const cache = useQueryCache()
  return () => void cache.invalidateQueries({ key: [...MEMBER_KEYS.root] })
}
