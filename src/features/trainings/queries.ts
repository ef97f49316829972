import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { fetchTraining, fetchTrainings } from './api'

export const TRAINING_KEYS = {
  root: ['trainings'] as const,
  list: (communityId: string, corpsId: string | null) => ['trainings', communityId, 'list', corpsId ?? 'all'] as const,
  byId: (communityId: string, id: string) => ['trainings', communityId, 'one', id] as const,
}

export const trainingsQuery = (communityId: string, corpsId: string | null) => ({
  key: TRAINING_KEYS.list(communityId, corpsId),
  query: () => fetchTrainings(communityId, corpsId),
})
export const trainingQuery = (communityId: string, id: string) => ({
  key: TRAINING_KEYS.byId(communityId, id),
  query: () => fetchTraining(communityId, id),
})

/** Runs one command in the current community and refreshes the trainings. */
export function useTrainingCommand<Vars, Answer>(run: (communityId: string, vars: Vars) => Promise<Answer>) {
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: (vars: Vars) => run(session.communityId ?? '', vars),
    onSettled: () =>
      Promise.all([TRAINING_KEYS.root, ['points']].map((key) => cache.invalidateQueries({ key: [...key] }))),
  })
}
