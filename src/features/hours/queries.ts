import { useActingFor } from '@/features/shifts'
import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import {
  fetchExemptions,
  getBackfillChoices,
  getBackfillDesk,
  getHoursByProvenance,
  getMyBackfills,
  getSpotDesk,
} from './api'

export const HOURS_KEYS = { root: ['hours'] as const }

/** One read of the desk, for the community of the session. */
function useDesk<T>(name: string, ask: (communityId: string) => Promise<T>) {
  const session = useSessionStore()
  return useQuery({
    key: () => [...HOURS_KEYS.root, session.communityId ?? '', name],
    query: () => ask(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

export const useBackfillDesk = () => useDesk('backfill-desk', getBackfillDesk)
export const useBackfillChoices = () => useDesk('backfill-choices', getBackfillChoices)
export const useHoursByProvenance = () => useDesk('provenance', getHoursByProvenance)
export const useSpotDesk = () => useDesk('spot-checks', getSpotDesk)
export const useExemptionDesk = () => useDesk('exemption-desk', (communityId) => fetchExemptions(communityId, null))

/** Back-fills of the person acted for. */
export function useMyBackfills() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => [...HOURS_KEYS.root, viewer.value?.communityId ?? '', 'mine', viewer.value?.forPersonId ?? 'me'],
    query: () => getMyBackfills(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** Exemptions of the person acted for. */
export function useMyExemptions() {
  const session = useSessionStore()
  const { viewer } = useActingFor()
  const personId = () => viewer.value?.forPersonId ?? session.personId
  return useQuery({
    key: () => [...HOURS_KEYS.root, viewer.value?.communityId ?? '', 'exemptions', personId() ?? ''],
    query: () => fetchExemptions(viewer.value!.communityId, personId()),
    enabled: () => viewer.value !== null && personId() !== null,
  })
}
