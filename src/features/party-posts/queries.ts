import { fetchDesk, fetchIdentityCard, fetchMembers, fetchMyParty, fetchPostMap, fetchTree } from './api'

export const PARTY_POST_KEYS = {
  root: ['party-posts'] as const,
  mine: (communityId: string) => ['party-posts', communityId, 'mine'] as const,
  tree: (communityId: string) => ['party-posts', communityId, 'tree'] as const,
  members: (communityId: string, orgId: string) => ['party-posts', communityId, 'members', orgId] as const,
  map: (communityId: string) => ['party-posts', communityId, 'map'] as const,
  desk: (communityId: string) => ['party-posts', communityId, 'desk'] as const,
  card: (communityId: string, token: string) => ['party-posts', communityId, 'card', token] as const,
}

export const myPartyQuery = (communityId: string) => ({
  key: PARTY_POST_KEYS.mine(communityId),
  query: () => fetchMyParty(communityId),
})
export const treeQuery = (communityId: string) => ({
  key: PARTY_POST_KEYS.tree(communityId),
  query: () => fetchTree(communityId),
})
export const membersQuery = (communityId: string, orgId: string) => ({
  key: PARTY_POST_KEYS.members(communityId, orgId),
  query: () => fetchMembers(communityId, orgId),
})
export const postMapQuery = (communityId: string) => ({
  key: PARTY_POST_KEYS.map(communityId),
  query: () => fetchPostMap(communityId),
})
export const deskQuery = (communityId: string) => ({
  key: PARTY_POST_KEYS.desk(communityId),
  query: () => fetchDesk(communityId),
})
export const cardQuery = (communityId: string, token: string) => ({
  key: PARTY_POST_KEYS.card(communityId, token),
  query: () => fetchIdentityCard(communityId, token),
})
