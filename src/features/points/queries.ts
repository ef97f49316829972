import { SHIFT_KEYS, useActingFor } from '@/features/shifts'
import { useQuery } from '@pinia/colada'
import type { StatementFilter } from './api'
import { getDesk, getMyPoints, getMyService, getReport, getStatement } from './api'

export const SERVICE_KEYS = {
  /** Below the shifts: whatever changes an attendance may change hours and points. */
  mine: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'service'] as const,
}
export const POINT_KEYS = {
  mine: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'points'] as const,
  statement: (communityId: string, personId: string, filter: StatementFilter) =>
    [...POINT_KEYS.mine(communityId, personId), 'statement', filter.kind, filter.year ?? 0, filter.limit] as const,
  office: (communityId: string) => ['points', communityId] as const,
  desk: (communityId: string) => [...POINT_KEYS.office(communityId), 'desk'] as const,
  report: (communityId: string, year: number) => [...POINT_KEYS.office(communityId), 'report', year] as const,
}

/** Hours and points of the person acted for. */
export function useMyService() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => SERVICE_KEYS.mine(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => getMyService(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** What the person acted for can spend, and what ends when. */
export function useMyPoints() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => POINT_KEYS.mine(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => getMyPoints(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** The statement of the person acted for. */
export function useStatement(filter: () => StatementFilter) {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => POINT_KEYS.statement(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me', filter()),
    query: () => getStatement(viewer.value!, filter()),
    enabled: () => viewer.value !== null,
    placeholderData: (last) => last,
  })
}

export const deskQuery = (communityId: string) => ({
  key: POINT_KEYS.desk(communityId),
  query: () => getDesk(communityId),
})

export const reportQuery = (communityId: string, year: number) => ({
  key: POINT_KEYS.report(communityId, year),
  query: () => getReport(communityId, year),
})
