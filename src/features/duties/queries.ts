import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { toValue } from 'vue'
import { fetchDutiesToVerify, fetchDutyRules, fetchMyDuties } from './api'

export const DUTY_KEYS = {
  root: ['duties'] as const,
  mine: (communityId: string, month: string | null) =>
    [...DUTY_KEYS.root, communityId, 'mine', month ?? 'now'] as const,
  rules: (communityId: string) => [...DUTY_KEYS.root, communityId, 'rules'] as const,
  toVerify: (communityId: string) => [...DUTY_KEYS.root, communityId, 'to-verify'] as const,
}

/** The member's month; without one this month. */
export function useMyDuties(month: MaybeRefOrGetter<string | null>) {
  const session = useSessionStore()
  return useQuery({
    key: () => DUTY_KEYS.mine(session.communityId ?? '', toValue(month)),
    query: () => fetchMyDuties(session.communityId!, toValue(month)),
    enabled: () => session.communityId !== null,
  })
}

/** The list of whoever leads a group or a branch. */
export function useDutiesToVerify() {
  const session = useSessionStore()
  return useQuery({
    key: () => DUTY_KEYS.toVerify(session.communityId ?? ''),
    query: () => fetchDutiesToVerify(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

/** What posts owe, version by version. */
export function useDutyRules() {
  const session = useSessionStore()
  return useQuery({
    key: () => DUTY_KEYS.rules(session.communityId ?? ''),
    query: () => fetchDutyRules(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}
