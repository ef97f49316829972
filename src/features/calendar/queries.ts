import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { fetchCalendar, fetchDesk, fetchFeeds, fetchMembers, fetchMySeries, fetchSeries, fetchSeriesList } from './api'

export const CALENDAR_KEYS = {
  root: ['calendar'] as const,
  days: (communityId: string | null, from: string, to: string) => ['calendar', communityId ?? '', from, to] as const,
  series: (communityId: string) => ['calendar', communityId, 'series'] as const,
  seriesById: (communityId: string, id: string) => ['calendar', communityId, 'series', id] as const,
  mySeries: (communityId: string) => ['calendar', communityId, 'my-series'] as const,
  members: (communityId: string, corpsId: string) => ['calendar', communityId, 'members', corpsId] as const,
  desk: (communityId: string, month: string) => ['calendar', communityId, 'desk', month] as const,
  feeds: (communityId: string) => ['calendar', communityId, 'feeds'] as const,
}

export const calendarQuery = (communityId: string | null, from: string, to: string) => ({
  key: CALENDAR_KEYS.days(communityId, from, to),
  query: () => fetchCalendar(communityId, from, to),
})
export const seriesListQuery = (communityId: string) => ({
  key: CALENDAR_KEYS.series(communityId),
  query: () => fetchSeriesList(communityId),
})
export const seriesQuery = (communityId: string, id: string) => ({
  key: CALENDAR_KEYS.seriesById(communityId, id),
  query: () => fetchSeries(communityId, id),
})
export const mySeriesQuery = (communityId: string) => ({
  key: CALENDAR_KEYS.mySeries(communityId),
  query: () => fetchMySeries(communityId),
})
export const membersQuery = (communityId: string, corpsId: string) => ({
  key: CALENDAR_KEYS.members(communityId, corpsId),
  query: () => fetchMembers(communityId, corpsId),
})
export const deskQuery = (communityId: string, month: string) => ({
  key: CALENDAR_KEYS.desk(communityId, month),
  query: () => fetchDesk(communityId, month),
})
export const feedsQuery = (communityId: string) => ({
  key: CALENDAR_KEYS.feeds(communityId),
  query: () => fetchFeeds(communityId),
})

/**
 * Runs one command of the calendar in the current community and refreshes all that shows its effect.
 *
 * @example const { mutateAsync } = useCalendarCommand((c, id: string) => submitSeries(c, id))
 */
export function useCalendarCommand<Vars, Answer>(run: (communityId: string, vars: Vars) => Promise<Answer>) {
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: (vars: Vars) => run(session.communityId ?? '', vars),
    onSettled: () =>
      Promise.all(
        [CALENDAR_KEYS.root, ['activities'], ['shifts'], ['office'], ['corps']].map((key) =>
          cache.invalidateQueries({ key: [...key] }),
        ),
      ),
  })
}
