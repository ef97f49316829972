import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { toValue } from 'vue'
import { getShift, listMySignups, listShifts, listStrikes } from './api'
import { useActingFor } from './composables/useActingFor'

/** Keys of everything that changes when somebody claims, cancels or is checked in. */
export const SHIFT_KEYS = {
  root: ['shifts'] as const,
  list: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'list'] as const,
  byId: (communityId: string, personId: string, shiftId: string) =>
    [...SHIFT_KEYS.root, communityId, personId, 'detail', shiftId] as const,
  strikes: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'strikes'] as const,
  mine: (communityId: string, personId: string) => [...SHIFT_KEYS.root, communityId, personId, 'mine'] as const,
}

/** Open shifts for the person acted for. */
export function useShifts() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => SHIFT_KEYS.list(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => listShifts(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** One shift; does nothing while the id is null. */
export function useShift(shiftId: MaybeRefOrGetter<string | null>) {
  const { viewer } = useActingFor()
  return useQuery({
    key: () =>
      SHIFT_KEYS.byId(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me', toValue(shiftId) ?? ''),
    query: () => getShift(viewer.value!, toValue(shiftId)!),
    enabled: () => viewer.value !== null && toValue(shiftId) !== null,
  })
}

/** The sign-ups of the person acted for. */
export function useMySignups() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => SHIFT_KEYS.mine(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => listMySignups(viewer.value!),
    enabled: () => viewer.value !== null,
  })
}

/** Where the person acted for was marked as not come. */
export function useStrikes() {
  const { viewer } = useActingFor()
  const session = useSessionStore()
  const personId = () => viewer.value?.forPersonId ?? session.personId
  return useQuery({
    key: () => SHIFT_KEYS.strikes(viewer.value?.communityId ?? '', personId() ?? ''),
    query: () => listStrikes(viewer.value!.communityId, personId()!),
    enabled: () => viewer.value !== null && personId() !== null,
  })
}
