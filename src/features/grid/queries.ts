import { fetchMyGrid } from './api'

export const GRID_KEYS = {
  root: ['grid'] as const,
  grid: (communityId: string, gridId: string | null) => ['grid', communityId, gridId ?? 'mine'] as const,
}

/** The three linkages of one grid; `null` is the caller's own. */
export function gridQuery(communityId: string, gridId: string | null) {
  return {
    key: GRID_KEYS.grid(communityId, gridId),
    query: () => fetchMyGrid(communityId, gridId),
  }
}
