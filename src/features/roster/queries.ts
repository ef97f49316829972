import { fetchHasGrids, fetchImports, fetchRefusedRows } from './api'

export const ROSTER_KEYS = {
  imports: (communityId: string) => ['roster', communityId, 'imports'] as const,
  refused: (communityId: string, importId: string) => ['roster', communityId, 'refused', importId] as const,
  hasGrids: (communityId: string) => ['roster', communityId, 'has-grids'] as const,
}

export const importsQuery = (communityId: string) => ({
  key: ROSTER_KEYS.imports(communityId),
  query: () => fetchImports(communityId),
})

export const refusedRowsQuery = (communityId: string, importId: string) => ({
  key: ROSTER_KEYS.refused(communityId, importId),
  query: () => fetchRefusedRows(communityId, importId),
})

export const hasGridsQuery = (communityId: string) => ({
  key: ROSTER_KEYS.hasGrids(communityId),
  query: () => fetchHasGrids(communityId),
})
