import type { CorpsColor } from '@/lib/corps'
import { useMutation, useQueryCache } from '@pinia/colada'
import type { CorpsDraft } from './api'
import {
  addMember,
  fetchApplications,
  fetchCorps,
  fetchCorpsShifts,
  fetchPublicCorps,
  fetchRoster,
  removeMember,
  reviewApplication,
  saveCorps,
} from './api'

export const CORPS_KEYS = {
  root: ['corps'] as const,
  list: (communityId: string) => ['corps', communityId, 'list'] as const,
  byId: (communityId: string, id: string) => ['corps', communityId, 'one', id] as const,
  roster: (communityId: string, id: string) => ['corps', communityId, 'roster', id] as const,
  applications: (communityId: string, id: string) => ['corps', communityId, 'applications', id] as const,
  open: (communityId: string, id: string) => ['corps', communityId, 'open', id] as const,
  shifts: (communityId: string, id: string) => ['corps', communityId, 'shifts', id] as const,
}

export const corpsListQuery = (communityId: string) => ({
  key: CORPS_KEYS.list(communityId),
  query: () => fetchCorps(communityId),
})

export const corpsByIdQuery = (communityId: string, id: string) => ({
  key: CORPS_KEYS.byId(communityId, id),
  query: async () => (await fetchCorps(communityId, id))[0] ?? null,
})

export const rosterQuery = (communityId: string, id: string) => ({
  key: CORPS_KEYS.roster(communityId, id),
  query: () => fetchRoster(communityId, id),
})

export const corpsShiftsQuery = (communityId: string, corps: { id: string; color: CorpsColor }) => ({
  key: CORPS_KEYS.shifts(communityId, corps.id),
  query: () => fetchCorpsShifts(communityId, corps),
})

export const applicationsQuery = (communityId: string, id: string) => ({
  key: CORPS_KEYS.applications(communityId, id),
  query: () => fetchApplications(communityId, id),
})

export const publicCorpsQuery = (communityId: string, id: string) => ({
  key: CORPS_KEYS.open(communityId, id),
  query: () => fetchPublicCorps(communityId, id),
})

function useInvalidate() {
  const cache = useQueryCache()
  return () => cache.invalidateQueries({ key: [...CORPS_KEYS.root] })
}

export function useSaveCorps() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: { communityId: string; corpsId: string | null; draft: CorpsDraft }) =>
      saveCorps(v.communityId, v.corpsId, v.draft),
    onSuccess: invalidate,
  })
}

interface MemberVars {
  communityId: string
  corpsId: string
  personId: string
}

export function useAddMember() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: MemberVars) => addMember(v.communityId, v.corpsId, v.personId),
    onSuccess: invalidate,
  })
}

export function useRemoveMember() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: MemberVars) => removeMember(v.communityId, v.corpsId, v.personId),
    onSuccess: invalidate,
  })
}

export function useReviewApplication() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: { communityId: string; applicationId: string; accept: boolean; reason: string | null }) =>
      reviewApplication(v.communityId, v),
    onSettled: invalidate,
  })
}
