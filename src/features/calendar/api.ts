import type { RoleRow } from '@/features/activities'
import { learnServerTime } from '@/lib/clock'
import type { CorpsColor } from '@/lib/corps'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, publishableKey, rpc, supabaseUrl } from '@/lib/supabase'
import { parseTime } from '@/lib/time'
import type {
  Calendar,
  CalendarDesk,
  CalendarFeed,
  CalendarRule,
  MySeries,
  Occurrence,
  Recurrence,
  Series,
  SeriesScope,
  SeriesSummary,
} from './types'

interface EntryRow {
  id: string
  day: string
  starts_at: string
  ends_at: string
  title: string
  corps_id: string
  corps_color: CorpsColor
  corps_name: string
  place_name: string | null
  capacity: number
  taken: number
  is_cancelled: boolean
  is_series: boolean
  mine: string | null
}

/** The published shifts between two days (inclusive), for everybody; signed in, with one's own sign-ups. */
export async function fetchCalendar(communityId: string | null, from: string, to: string): Promise<Calendar> {
  const startedAt = Date.now()
  const row = await publicRpc<{
    server_time: string
    community_id: string | null
    community_name: string | null
    shifts: EntryRow[]
  }>('community_calendar', { p_community_id: communityId, p_from: from, p_to: to })
  learnServerTime(parseTime(row.server_time).getTime(), startedAt)
  return {
    communityId: row.community_id,
    communityName: row.community_name,
    entries: row.shifts.map((s) => ({
      id: s.id,
      day: s.day,
      startsAt: parseTime(s.starts_at),
      endsAt: parseTime(s.ends_at),
      title: s.title,
      corpsId: s.corps_id,
      corpsColor: s.corps_color,
      corpsName: s.corps_name,
      placeName: s.place_name,
      capacity: s.capacity,
      taken: s.taken,
      isCancelled: s.is_cancelled,
      isSeries: s.is_series,
      mine: s.mine,
    })),
  }
}

interface RecurrenceRow {
  frequency: Recurrence['frequency']
  every: number
  weekdays: number[]
  month_day: number | null
  start: string
  minutes: number
}
const recurrence = (r: RecurrenceRow): Recurrence => ({
  frequency: r.frequency,
  every: r.every,
  weekdays: r.weekdays,
  monthDay: r.month_day,
  start: r.start,
  minutes: r.minutes,
})

interface NamedRow extends RecurrenceRow {
  id: string
  title: string
  until_on: string
  corps_color: CorpsColor
  corps_name: string
  place_name: string | null
}
const named = (r: NamedRow): MySeries => ({
  ...recurrence(r),
  id: r.id,
  title: r.title,
  untilOn: r.until_on,
  corpsColor: r.corps_color,
  corpsName: r.corps_name,
  placeName: r.place_name,
})

interface SummaryRow extends NamedRow {
  status: 'active' | 'ended'
  people: number
  next_at: string | null
  drafts: number
  pending: number
  open: number
}

export async function fetchSeriesList(communityId: string): Promise<SeriesSummary[]> {
  const rows = await rpc<SummaryRow[]>('list_series', { p_community_id: communityId })
  return rows.map((r) => ({
    ...named(r),
    status: r.status,
    people: r.people,
    nextAt: r.next_at ? parseTime(r.next_at) : null,
    drafts: r.drafts,
    pending: r.pending,
    open: r.open,
  }))
}

interface OccurrenceRow {
  original_on: string
  state: Occurrence['state']
  own: Record<string, unknown>
  activity_id: string
  shift_id: string
  title: string
  status: string
  status_reason: string | null
  starts_at: string
  ends_at: string
  is_to_come: boolean
  place_id: string | null
  place_name: string | null
  signed_up: number
  roles: RoleRow[]
}

interface SeriesRow extends RecurrenceRow {
  id: string
  corps_id: string
  corps_color: CorpsColor
  corps_name: string
  place_name: string | null
  template: Record<string, unknown>
  roles: RoleRow[]
  status: 'active' | 'ended'
  first_on: string
  until_on: string
  people: { person_id: string; name: string; role: RoleRow['name'] }[]
  occurrences: OccurrenceRow[]
}

export async function fetchSeries(communityId: string, id: string): Promise<Series> {
  const r = await rpc<SeriesRow>('series_detail', { p_community_id: communityId, p_series_id: id })
  return {
    ...recurrence(r),
    id: r.id,
    corpsId: r.corps_id,
    corpsColor: r.corps_color,
    corpsName: r.corps_name,
    placeName: r.place_name,
    template: r.template,
    roles: r.roles,
    status: r.status,
    firstOn: r.first_on,
    untilOn: r.until_on,
    people: r.people.map((p) => ({ personId: p.person_id, name: p.name, role: p.role })),
    occurrences: r.occurrences.map((o) => ({
      originalOn: o.original_on,
      state: o.state,
      own: Object.keys(o.own),
      activityId: o.activity_id,
      shiftId: o.shift_id,
      title: o.title,
      status: o.status,
      statusReason: o.status_reason,
      startsAt: parseTime(o.starts_at),
      endsAt: parseTime(o.ends_at),
      isToCome: o.is_to_come,
      placeId: o.place_id,
      placeName: o.place_name,
      signedUp: o.signed_up,
      roles: o.roles,
    })),
  }
}

export async function fetchMySeries(communityId: string): Promise<MySeries[]> {
  return (await rpc<NamedRow[]>('my_series', { p_community_id: communityId })).map(named)
}

/** Members of a corps who can be made fixed people: with their names, for its leaders. */
export async function fetchMembers(communityId: string, corpsId: string): Promise<{ id: string; name: string }[]> {
  const rows = await rpc<{ person_id: string; name: string }[]>('corps_roster', {
    p_community_id: communityId,
    p_corps_id: corpsId,
  })
  return rows.map((r) => ({ id: r.person_id, name: r.name }))
}

interface RuleRow {
  id: string
  corps_id: string
  corps_color: CorpsColor
  corps_name: string
  kind: CalendarRule['kind']
  days: number[] | null
  template: Record<string, unknown>
  roles: RoleRow[]
  start: string
  minutes: number
  is_on: boolean
}
interface DraftRow {
  id: string
  title: string
  status: string
  corps_color: CorpsColor
  corps_name: string
  place_name: string | null
  kind: CalendarRule['kind']
  starts_at: string | null
  ends_at: string | null
  capacity: number | null
  problem: string | null
}

/** @param month `2026-12` */
export async function fetchDesk(communityId: string, month: string): Promise<CalendarDesk> {
  const r = await rpc<{
    service_day: number | null
    service_month: number | null
    missing: number
    rules: RuleRow[]
    drafts: DraftRow[]
  }>('calendar_desk', {
    p_community_id: communityId,
    p_year: Number(month.slice(0, 4)),
    p_month: Number(month.slice(5)),
  })
  return {
    serviceDay: r.service_day,
    serviceMonth: r.service_month,
    missing: r.missing,
    rules: r.rules.map((x) => ({
      id: x.id,
      corpsId: x.corps_id,
      corpsColor: x.corps_color,
      corpsName: x.corps_name,
      kind: x.kind,
      days: x.days ?? [],
      template: x.template,
      roles: x.roles,
      start: x.start,
      minutes: x.minutes,
      isOn: x.is_on,
    })),
    drafts: r.drafts.map((d) => ({
      id: d.id,
      title: d.title,
      status: d.status,
      corpsColor: d.corps_color,
      corpsName: d.corps_name,
      placeName: d.place_name,
      kind: d.kind,
      startsAt: d.starts_at ? parseTime(d.starts_at) : null,
      endsAt: d.ends_at ? parseTime(d.ends_at) : null,
      capacity: d.capacity ?? 0,
      problem: d.problem,
    })),
  }
}

export interface MyFeeds {
  feeds: CalendarFeed[]
  corps: { id: string; name: string; color: CorpsColor }[]
}

export async function fetchFeeds(communityId: string): Promise<MyFeeds> {
  const r = await rpc<{
    feeds: { id: string; corps_id: string | null; created_at: string }[]
    corps: MyFeeds['corps']
  }>('my_calendar_feeds', { p_community_id: communityId })
  return {
    feeds: r.feeds.map((f) => ({ id: f.id, corpsId: f.corps_id, createdAt: parseTime(f.created_at) })),
    corps: r.corps,
  }
}

/**
 * Where a calendar program finds a feed. It cannot send headers, so the gateway's key, which is public, goes along.
 */
export function feedAddress(token: string): string {
  const query = new URLSearchParams({ token, apikey: publishableKey })
  return `${supabaseUrl}/rest/v1/rpc/ical_feed?${query}`
}

export const rotateFeed = (communityId: string, corpsId: string | null, tokenHash: string) =>
  sendCommand('rotate_calendar_feed', communityId, { p_token_hash: tokenHash, p_corps_id: corpsId })

export const revokeFeed = (communityId: string, feedId: string) =>
  sendCommand('revoke_calendar_feed', communityId, { p_feed_id: feedId })

export const createSeries = (communityId: string, id: string, series: Record<string, unknown>) =>
  sendCommand('create_series', communityId, { p_series_id: id, p_series: series })

export interface SeriesChange {
  id: string
  scope: SeriesScope
  change: Record<string, unknown>
  /** The original day of the time it starts from; not for all. */
  day: string | null
  keepSignups: boolean
}
export const editSeries = (communityId: string, c: SeriesChange) =>
  sendCommand('edit_series', communityId, {
    p_series_id: c.id,
    p_scope: c.scope,
    p_change: c.change,
    p_day: c.day,
    p_keep_signups: c.keepSignups,
  })

export const submitSeries = (communityId: string, id: string) =>
  sendCommand('submit_series', communityId, { p_series_id: id })

export const endSeries = (communityId: string, id: string, reason: string) =>
  sendCommand('end_series', communityId, { p_series_id: id, p_reason: reason })

export const setSeriesPeople = (
  communityId: string,
  id: string,
  people: { person_id: string; role: RoleRow['name'] }[],
) => sendCommand('set_series_people', communityId, { p_series_id: id, p_people: people })

export const removeOccurrence = (communityId: string, activityId: string, reason: string) =>
  sendCommand('cancel_activity', communityId, { p_activity_id: activityId, p_reason: reason })

export const publishActivities = (communityId: string, ids: readonly string[]) =>
  sendCommand<{ published: number }>('publish_activities', communityId, { p_activity_ids: [...ids] })

export const makeDrafts = (communityId: string, month: string) =>
  sendCommand<{ made: number }>('make_calendar_drafts', communityId, {
    p_year: Number(month.slice(0, 4)),
    p_month: Number(month.slice(5)),
  })

export const saveRule = (communityId: string, id: string, rule: Record<string, unknown>) =>
  sendCommand('save_calendar_rule', communityId, { p_rule_id: id, p_rule: rule })
