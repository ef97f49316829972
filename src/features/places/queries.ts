import { SHIFT_KEYS } from '@/features/shifts'
import { useQueryCache } from '@pinia/colada'
import { fetchDesk, fetchMyBlocks } from './api'

export const PLACES_KEYS = {
  root: ['places'] as const,
  desk: (communityId: string, shiftId: string) => ['places', communityId, 'desk', shiftId] as const,
  mine: (communityId: string) => ['places', communityId, 'mine'] as const,
}

export const deskQuery = (communityId: string, shiftId: string) => ({
  key: PLACES_KEYS.desk(communityId, shiftId),
  query: () => fetchDesk(communityId, shiftId),
})

export const myBlocksQuery = (communityId: string) => ({
  key: PLACES_KEYS.mine(communityId),
  query: () => fetchMyBlocks(communityId),
})

/** After a change of places: this feature's screens and the shifts themselves. */
export function useRefreshPlaces() {
  const cache = useQueryCache()
  return async () => {
    await cache.invalidateQueries({ key: [...PLACES_KEYS.root] })
    await cache.invalidateQueries({ key: [...SHIFT_KEYS.root] })
  }
}
