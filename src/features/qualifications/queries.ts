import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { fetchDesk, fetchMine } from './api'

export const QUALIFICATION_KEYS = {
  root: ['qualifications'] as const,
  mine: (communityId: string) => ['qualifications', communityId, 'mine'] as const,
  desk: (communityId: string) => ['qualifications', communityId, 'desk'] as const,
}

export const myQualificationsQuery = (communityId: string) => ({
  key: QUALIFICATION_KEYS.mine(communityId),
  query: () => fetchMine(communityId),
})
export const qualificationDeskQuery = (communityId: string) => ({
  key: QUALIFICATION_KEYS.desk(communityId),
  query: () => fetchDesk(communityId),
})

/** Runs one command in the current community; who may take part in which shift depends on it. */
export function useQualificationCommand<Vars, Answer>(run: (communityId: string, vars: Vars) => Promise<Answer>) {
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: (vars: Vars) => run(session.communityId ?? '', vars),
    onSettled: () =>
      Promise.all([QUALIFICATION_KEYS.root, ['shifts']].map((key) => cache.invalidateQueries({ key: [...key] }))),
  })
}
