import { useSessionStore } from '@/lib/session'
import { useQuery } from '@pinia/colada'
import { getReport, getSettlingDesk } from './api'

export const FEEDBACK_KEYS = { root: ['feedback'] as const }

/** Ended activities of the leader's corps, or of the whole community for the office. */
export function useSettlingDesk() {
  const session = useSessionStore()
  return useQuery({
    key: () => [...FEEDBACK_KEYS.root, session.communityId ?? '', 'settling'],
    query: () => getSettlingDesk(session.communityId!),
    enabled: () => session.communityId !== null,
  })
}

/** One ended activity. */
export function useReport(activityId: () => string) {
  const session = useSessionStore()
  return useQuery({
    key: () => [...FEEDBACK_KEYS.root, session.communityId ?? '', 'report', activityId()],
    query: () => getReport(session.communityId!, activityId()),
    enabled: () => session.communityId !== null,
  })
}
