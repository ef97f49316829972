import { useMutation, useQueryCache } from '@pinia/colada'
import {
  cancelActivity,
  fetchActivities,
  fetchActivity,
  fetchCalendar,
  fetchChoices,
  publishActivity,
  rejectActivity,
  saveActivity,
  submitActivity,
} from './api'
import type { ActivityDraft, ActivityStatus } from './types'

export const ACTIVITY_KEYS = {
  root: ['activities'] as const,
  list: (communityId: string, statuses: readonly ActivityStatus[], corpsIds: readonly string[] | null) =>
    ['activities', communityId, 'list', statuses.join(), corpsIds?.join() ?? 'all'] as const,
  byId: (communityId: string, id: string) => ['activities', communityId, 'one', id] as const,
  choices: (communityId: string) => ['activities', communityId, 'choices'] as const,
  calendar: (communityId: string, from: string, to: string) =>
    ['activities', communityId, 'calendar', from, to] as const,
}

export const activitiesQuery = (
  communityId: string,
  statuses: readonly ActivityStatus[],
  corpsIds: readonly string[] | null,
) => ({
  key: ACTIVITY_KEYS.list(communityId, statuses, corpsIds),
  query: () => fetchActivities(communityId, statuses, corpsIds),
})

export const activityByIdQuery = (communityId: string, id: string) => ({
  key: ACTIVITY_KEYS.byId(communityId, id),
  query: () => fetchActivity(communityId, id),
})

export const choicesQuery = (communityId: string) => ({
  key: ACTIVITY_KEYS.choices(communityId),
  query: () => fetchChoices(communityId),
  staleTime: 300_000,
})

export const calendarQuery = (communityId: string, from: string, to: string) => ({
  key: ACTIVITY_KEYS.calendar(communityId, from, to),
  query: () => fetchCalendar(communityId, from, to),
})

/** What follows from a change: these lists, what the office has waiting, and the shifts everywhere. */
function useInvalidate() {
  const cache = useQueryCache()
  return () =>
    Promise.all(
      [ACTIVITY_KEYS.root, ['office'], ['shifts'], ['corps']].map((key) => cache.invalidateQueries({ key: [...key] })),
    )
}

interface Subject {
  communityId: string
  id: string
}

/** Saves the draft and, with `submit`, hands it to the office. */
export function useSaveActivity() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: async (v: { communityId: string; draft: ActivityDraft; submit: boolean }) => {
      await saveActivity(v.communityId, v.draft)
      if (v.submit) await submitActivity(v.communityId, v.draft.id)
    },
    onSettled: invalidate,
  })
}

export function usePublishActivity() {
  const invalidate = useInvalidate()
  return useMutation({ mutation: (v: Subject) => publishActivity(v.communityId, v.id), onSettled: invalidate })
}

export function useRejectActivity() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: Subject & { reason: string }) => rejectActivity(v.communityId, v.id, v.reason),
    onSettled: invalidate,
  })
}

export function useCancelActivity() {
  const invalidate = useInvalidate()
  return useMutation({
    mutation: (v: Subject & { reason: string }) => cancelActivity(v.communityId, v.id, v.reason),
    onSettled: invalidate,
  })
}
