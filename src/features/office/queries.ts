import { fetchAppeals, fetchHealth, fetchToday } from './api'

export const OFFICE_KEYS = {
  root: ['office'] as const,
  today: (communityId: string) => ['office', communityId, 'today'] as const,
  appeals: (communityId: string) => ['office', communityId, 'appeals'] as const,
  health: (communityId: string) => ['office', communityId, 'health'] as const,
}

export const todayQuery = (communityId: string) => ({
  key: OFFICE_KEYS.today(communityId),
  query: () => fetchToday(communityId),
})

export const healthQuery = (communityId: string) => ({
  key: OFFICE_KEYS.health(communityId),
  query: () => fetchHealth(communityId),
  staleTime: 60_000,
})

export const appealsQuery = (communityId: string) => ({
  key: OFFICE_KEYS.appeals(communityId),
  query: () => fetchAppeals(communityId),
})
