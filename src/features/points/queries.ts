import { SHIFT_KEYS, useActingFor } from '@/features/shifts'
import { useQuery } from '@pinia/colada'
import { getMyService } from './api'

export const SERVICE_KEYS = {
  /** Below the shifts: whatever changes an attendance may change hours and points. */
  mine: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'service'] as const,
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
