import { defineQueryOptions } from '@pinia/colada'
import { fetchMyYear, fetchStreetOverview, fetchYearDashboard } from './api'

export const YEAR_KEYS = {
  root: ['year'] as const,
  mine: (communityId: string, year: number) => [...YEAR_KEYS.root, communityId, year, 'mine'] as const,
  dashboard: (communityId: string, year: number) => [...YEAR_KEYS.root, communityId, year] as const,
  street: (year: number) => [...YEAR_KEYS.root, 'street', year] as const,
}

export const myYearQuery = defineQueryOptions(({ communityId, year }: { communityId: string; year: number }) => ({
  key: YEAR_KEYS.mine(communityId, year),
  query: () => fetchMyYear(communityId, year),
  staleTime: 60_000,
}))

export const yearDashboardQuery = defineQueryOptions(
  ({ communityId, year }: { communityId: string; year: number }) => ({
    key: YEAR_KEYS.dashboard(communityId, year),
    query: () => fetchYearDashboard(communityId, year),
    staleTime: 120_000,
  }),
)

export const streetQuery = defineQueryOptions((year: number) => ({
  key: YEAR_KEYS.street(year),
  query: () => fetchStreetOverview(year),
  staleTime: 120_000,
}))
