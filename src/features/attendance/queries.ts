import { useActingFor } from '@/features/shifts'
import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { toValue } from 'vue'
import { getMemberCode, getRoster, listLeaderShifts } from './api'

export const ATTENDANCE_KEYS = {
  root: ['attendance'] as const,
  leaderShifts: (communityId: string) => [...ATTENDANCE_KEYS.root, communityId, 'leader-shifts'] as const,
  roster: (communityId: string, shiftId: string) => [...ATTENDANCE_KEYS.root, communityId, 'roster', shiftId] as const,
  code: (communityId: string, personId: string) => ['member-code', communityId, personId] as const,
}

/** The code seed of the person acted for. */
export function useMemberCode() {
  const { viewer } = useActingFor()
  return useQuery({
    key: () => ATTENDANCE_KEYS.code(viewer.value?.communityId ?? '', viewer.value?.forPersonId ?? 'me'),
    query: () => getMemberCode(viewer.value!.communityId, viewer.value!.forPersonId),
    enabled: () => viewer.value !== null,
  })
}

/** The shifts the leader answers for. */
export function useLeaderShifts() {
  const session = useSessionStore()
  return useQuery({
    key: () => ATTENDANCE_KEYS.leaderShifts(session.communityId ?? ''),
    query: () => listLeaderShifts(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

/** The leader's list of one shift. */
export function useRoster(shiftId: MaybeRefOrGetter<string>) {
  const session = useSessionStore()
  return useQuery({
    key: () => ATTENDANCE_KEYS.roster(session.communityId ?? '', toValue(shiftId)),
    query: () => getRoster(session.communityId!, toValue(shiftId)),
    enabled: () => session.communityId !== null,
  })
}
