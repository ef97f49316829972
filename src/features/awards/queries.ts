import type { Viewer } from '@/features/shifts'
import { defineQueryOptions } from '@pinia/colada'
import { fetchMyNominations, fetchNotice, fetchNotices, fetchOwnDossier } from './api'

export const AWARD_KEYS = {
  root: ['awards'] as const,
  notices: (communityId: string | null) => [...AWARD_KEYS.root, 'notices', communityId ?? ''] as const,
  notice: (noticeId: string) => [...AWARD_KEYS.root, 'notice', noticeId] as const,
  mine: (viewer: Viewer | null) =>
    [...AWARD_KEYS.root, 'mine', viewer?.communityId ?? '', viewer?.forPersonId ?? 'me'] as const,
  dossier: (communityId: string, nominationId: string) =>
    [...AWARD_KEYS.root, 'dossier', communityId, nominationId] as const,
}

export const noticesQuery = defineQueryOptions((communityId: string | null) => ({
  key: AWARD_KEYS.notices(communityId),
  query: () => fetchNotices(communityId),
  staleTime: 60_000,
}))

export const noticeQuery = defineQueryOptions((noticeId: string) => ({
  key: AWARD_KEYS.notice(noticeId),
  query: () => fetchNotice(noticeId),
  staleTime: 30_000,
}))

export const myNominationsQuery = defineQueryOptions((viewer: Viewer | null) => ({
  key: AWARD_KEYS.mine(viewer),
  query: () => fetchMyNominations(viewer!),
  enabled: viewer !== null,
  staleTime: 30_000,
}))

export const ownDossierQuery = defineQueryOptions(
  ({ communityId, nominationId }: { communityId: string; nominationId: string }) => ({
    key: AWARD_KEYS.dossier(communityId, nominationId),
    query: () => fetchOwnDossier(communityId, nominationId),
    staleTime: 60_000,
  }),
)
