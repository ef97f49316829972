import { defineQueryOptions } from '@pinia/colada'
import type { BoardAddress } from './api'
import { fetchBoard, fetchMyPlace, fetchMyPlaces } from './api'
import type { BoardKind } from './schema'

export const BOARD_KEYS = {
  root: ['boards'] as const,
  board: (a: BoardAddress) => [...BOARD_KEYS.root, a.communityId, a.kind, a.period, a.scope ?? 'all'] as const,
  myPlace: (a: BoardAddress) => [...BOARD_KEYS.board(a), 'mine'] as const,
  myPlaces: (communityId: string, kind: BoardKind, year: number) =>
    [...BOARD_KEYS.root, communityId, kind, year, 'places'] as const,
}

export const boardQuery = defineQueryOptions((address: BoardAddress) => ({
  key: BOARD_KEYS.board(address),
  query: () => fetchBoard(address),
  staleTime: 60_000,
}))

export const myPlaceQuery = defineQueryOptions((address: BoardAddress) => ({
  key: BOARD_KEYS.myPlace(address),
  query: () => fetchMyPlace(address),
  staleTime: 30_000,
}))

export const myPlacesQuery = defineQueryOptions(
  ({ communityId, kind, year }: { communityId: string; kind: BoardKind; year: number }) => ({
    key: BOARD_KEYS.myPlaces(communityId, kind, year),
    query: () => fetchMyPlaces(communityId, kind, year),
    staleTime: 60_000,
  }),
)
