import { defineQueryOptions } from '@pinia/colada'
import { fetchPublicHome } from './api'

const HOME_KEYS = {
  root: ['home'] as const,
  publicHome: (communityId: string | null) => [...HOME_KEYS.root, communityId ?? 'default'] as const,
}

export const publicHomeQuery = defineQueryOptions((communityId: string | null) => ({
  key: HOME_KEYS.publicHome(communityId),
  query: () => fetchPublicHome(communityId),
  staleTime: 30_000,
}))
