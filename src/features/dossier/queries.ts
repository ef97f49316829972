import type { Viewer } from '@/features/shifts'
import { SHIFT_KEYS } from '@/features/shifts'
import { fetchCertificate, fetchCorrectionDesk, fetchDossier } from './api'

export const DOSSIER_KEYS = {
  /** Below the shifts: whatever changes an attendance may change hours. */
  root: [...SHIFT_KEYS.root, 'dossier'] as const,
  of: (viewer: Viewer | null) =>
    [...SHIFT_KEYS.root, 'dossier', viewer?.communityId ?? '', viewer?.forPersonId ?? 'me'] as const,
  certificate: (communityId: string, id: string) =>
    [...SHIFT_KEYS.root, 'dossier', communityId, 'certificate', id] as const,
  desk: (communityId: string) => [...SHIFT_KEYS.root, 'dossier', communityId, 'desk'] as const,
}

export const dossierQuery = (viewer: Viewer | null) => ({
  key: DOSSIER_KEYS.of(viewer),
  query: () => fetchDossier(viewer!),
  enabled: viewer !== null,
})

export const certificateQuery = (communityId: string, id: string) => ({
  key: DOSSIER_KEYS.certificate(communityId, id),
  query: () => fetchCertificate(communityId, id),
  enabled: communityId !== '',
})

export const deskQuery = (communityId: string) => ({
  key: DOSSIER_KEYS.desk(communityId),
  query: () => fetchCorrectionDesk(communityId),
  enabled: communityId !== '',
})
