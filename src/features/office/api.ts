import type { CorpsColor } from '@/lib/corps'
import { AppError, toAppError } from '@/lib/errors'
import { isOnline, rpc, supabase } from '@/lib/supabase'
import { parseTime } from '@/lib/time'

/** Requests with a day they are due on. */
export interface Due {
  open: number
  overdue: number
  nextDue: string | null
}

export interface OfficeToday {
  joins: number
  activities: number
  privacy: Due
  /** Requests to correct hours. */
  corrections: Due
  /** Back-fills and exemptions somebody asked for. */
  hours: number
  /** Objections to awards; cycleId: where the first due is answered. */
  objections: Due & { cycleId: string | null }
  /** Objections to party scores that are the caller's to answer; null for whoever answers none. */
  scoreObjections: (Due & { orgId: string | null }) | null
  shiftsToday: number
  unconfirmed: { id: string; title: string; startsAt: Date; endsAt: Date; people: number }[]
  corpsWithoutLeader: { id: string; name: string; color: CorpsColor }[]
  /** Wishes to review, claims to answer, hand-overs to confirm, thanks to pass on. */
  wishes: number
  gridsWithoutWorker: { id: string; code: string; name: string }[]
}

interface DueRow {
  open: number
  overdue: number
  next_due: string | null
}
const dueOf = (row: DueRow): Due => ({ open: row.open, overdue: row.overdue, nextDue: row.next_due })

interface TodayRow {
  joins: number
  activities: number
  privacy: DueRow
  corrections: DueRow
  hours: number
  objections: DueRow & { cycle_id: string | null }
  score_objections: (DueRow & { org_id: string | null }) | null
  shifts_today: number
  unconfirmed: { id: string; title: string; starts_at: string; ends_at: string; people: number }[]
  corps_without_leader: OfficeToday['corpsWithoutLeader']
  wishes: number
  grids_without_worker: OfficeToday['gridsWithoutWorker']
}

export async function fetchToday(communityId: string): Promise<OfficeToday> {
  const row = await rpc<TodayRow>('office_today', { p_community_id: communityId })
  return {
    joins: row.joins,
    activities: row.activities,
    privacy: dueOf(row.privacy),
    corrections: dueOf(row.corrections),
    hours: row.hours,
    objections: { ...dueOf(row.objections), cycleId: row.objections.cycle_id },
    scoreObjections: row.score_objections && {
      ...dueOf(row.score_objections),
      orgId: row.score_objections.org_id,
    },
    shiftsToday: row.shifts_today,
    unconfirmed: row.unconfirmed.map((s) => ({
      id: s.id,
      title: s.title,
      startsAt: parseTime(s.starts_at),
      endsAt: parseTime(s.ends_at),
      people: s.people,
    })),
    corpsWithoutLeader: row.corps_without_leader,
    wishes: row.wishes,
    gridsWithoutWorker: row.grids_without_worker,
  }
}

export interface Health {
  /** PGlite: survives a killed process, not a power cut. */
  isTrialStorage: boolean
  auditRows: number
  /** Number of the first link that does not verify, or null when the chain is whole. */
  auditBrokenAt: number | null
  balancesOff: number
}

export async function fetchHealth(communityId: string): Promise<Health> {
  const row = await rpc<{
    is_trial_storage: boolean
    audit_rows: number
    audit_broken_at: number | null
    balances_off: number
  }>('community_health', { p_community_id: communityId })
  return {
    isTrialStorage: row.is_trial_storage,
    auditRows: row.audit_rows,
    auditBrokenAt: row.audit_broken_at,
    balancesOff: row.balances_off,
  }
}

export interface AuditLine {
  id: string
  seq: number
  at: Date
  command: string
  actor: string | null
  /** For whom it was done, when not for oneself (代办). */
  forPerson: string | null
  hash: string
}

interface AuditRow {
  id: string
  seq: number
  at: string
  command: string
  actor_person_id: string | null
  for_person_id: string | null
  hash: string
}

export const AUDIT_PAGE = 50

/**
 * A page of the audit trail, the newest first.
 * @param before only lines with a smaller number
 */
export async function fetchAudit(
  communityId: string,
  before: number | null,
  command: string | null,
): Promise<AuditLine[]> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  let query = db
    .from('audit_logs')
    .select('id,seq,at,command,actor_person_id,for_person_id,hash')
    .eq('community_id', communityId)
  if (before !== null) query = query.lt('seq', before)
  if (command) query = query.eq('command', command)
  const { data, error, status } = await query.order('seq', { ascending: false }).limit(AUDIT_PAGE)
  if (error) throw toAppError(error, status)
  const rows = data as unknown as AuditRow[]
  const names = await fetchNames(
    communityId,
    rows.flatMap((r) => [r.actor_person_id, r.for_person_id]),
  )
  return rows.map((r) => ({
    id: r.id,
    seq: r.seq,
    at: parseTime(r.at),
    command: r.command,
    actor: r.actor_person_id ? (names.get(r.actor_person_id) ?? null) : null,
    forPerson: r.for_person_id ? (names.get(r.for_person_id) ?? null) : null,
    hash: r.hash,
  }))
}

async function fetchNames(communityId: string, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))]
  if (wanted.length === 0) return new Map()
  const db = await supabase()
  const { data, error, status } = await db
    .from('persons')
    .select('id,display_name')
    .eq('community_id', communityId)
    .in('id', wanted)
  if (error) throw toAppError(error, status)
  return new Map((data as unknown as { id: string; display_name: string }[]).map((p) => [p.id, p.display_name]))
}

export interface Appeal {
  id: string
  personId: string
  displayName: string
  title: string
  startsAt: Date
  text: string
  markedBy: string
}

/** Objections to 「没有到场」 that wait for the office, the oldest first. */
export async function fetchAppeals(communityId: string): Promise<Appeal[]> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  const strikes = await db
    .from('strikes')
    .select('id,person_id,signup_id,marked_by,appeal_text')
    .eq('community_id', communityId)
    .eq('status', 'appealed')
    .order('appealed_at')
    .limit(100)
  if (strikes.error) throw toAppError(strikes.error, strikes.status)
  if (strikes.data.length === 0) return []
  const ids = (key: 'person_id' | 'signup_id') => [...new Set(strikes.data.map((row) => row[key]))]
  const [persons, signups] = await Promise.all([
    db.from('persons').select('id,display_name').eq('community_id', communityId).in('id', ids('person_id')),
    db.from('signups').select('id,shift_id').eq('community_id', communityId).in('id', ids('signup_id')),
  ])
  if (persons.error) throw toAppError(persons.error, persons.status)
  if (signups.error) throw toAppError(signups.error, signups.status)
  const shifts = await db
    .from('shifts')
    .select('id,starts_at,activity_id')
    .eq('community_id', communityId)
    .in('id', [...new Set(signups.data.map((row) => row.shift_id))])
  if (shifts.error) throw toAppError(shifts.error, shifts.status)
  const activities = await db
    .from('activities')
    .select('id,title')
    .eq('community_id', communityId)
    .in('id', [...new Set(shifts.data.map((row) => row.activity_id))])
  if (activities.error) throw toAppError(activities.error, activities.status)
  return strikes.data.flatMap((row) => {
    const shiftId = signups.data.find((signup) => signup.id === row.signup_id)?.shift_id
    const shift = shifts.data.find((one) => one.id === shiftId)
    if (!shift) return []
    return {
      id: row.id,
      personId: row.person_id,
      displayName: persons.data.find((person) => person.id === row.person_id)?.display_name ?? '',
      title: activities.data.find((activity) => activity.id === shift.activity_id)?.title ?? '',
      startsAt: parseTime(shift.starts_at),
      text: row.appeal_text ?? '',
      markedBy: row.marked_by,
    }
  })
}
