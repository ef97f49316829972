import type { CorpsColor } from '@/lib/corps'
import { AppError, toAppError } from '@/lib/errors'
import { sendCommand } from '@/lib/send-command'
import { isOnline, rpc, supabase } from '@/lib/supabase'
import { parseTime } from '@/lib/time'
import { payloadOf } from './rules'
import type {
  Activity,
  ActivityDraft,
  ActivityStatus,
  CalendarShift,
  Category,
  Choice,
  CorpsChoice,
  Qualification,
  RoleRow,
} from './types'

const COLUMNS =
  'id,corps_id,title,summary,risk_note,category,meeting_point,is_volunteer_service,is_hazardous,insurance_ref,' +
  'qualification_kind,min_age,status,status_reason,created_at,corps(id,name,color),places(id,name),' +
  'shifts(id,starts_at,ends_at,opens_at,status,shift_roles(id,name,capacity,taken,qualification_kind,min_age,max_age))'

interface ActivityRow {
  id: string
  title: string
  summary: string | null
  risk_note: string | null
  category: Category
  meeting_point: string | null
  is_volunteer_service: boolean
  is_hazardous: boolean
  insurance_ref: string | null
  qualification_kind: Qualification | null
  min_age: number
  status: ActivityStatus
  status_reason: string | null
  created_at: string
  corps: { id: string; name: string; color: CorpsColor }
  places: { id: string; name: string } | null
  shifts: {
    id: string
    starts_at: string
    ends_at: string
    opens_at: string | null
    status: string
    shift_roles: (RoleRow & { id: string; taken: number })[]
  }[]
}

function fromRow(row: ActivityRow): Activity {
  return {
    id: row.id,
    corps: row.corps,
    title: row.title,
    summary: row.summary ?? '',
    riskNote: row.risk_note ?? '',
    category: row.category,
    place: row.places,
    meetingPoint: row.meeting_point ?? '',
    isVolunteerService: row.is_volunteer_service,
    isHazardous: row.is_hazardous,
    insuranceRef: row.insurance_ref ?? '',
    qualification: row.qualification_kind,
    minAge: row.min_age,
    status: row.status,
    statusReason: row.status_reason,
    createdAt: parseTime(row.created_at),
    shifts: row.shifts
      .map((s) => ({
        id: s.id,
        startsAt: parseTime(s.starts_at),
        endsAt: parseTime(s.ends_at),
        opensAt: s.opens_at ? parseTime(s.opens_at) : null,
        isCancelled: s.status === 'cancelled',
        roles: s.shift_roles,
      }))
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()),
  }
}

interface Answer {
  data: unknown
  error: unknown
  status: number
}

function rowsOf<Row>({ data, error, status }: Answer): Row[] {
  if (error) throw toAppError(error, status)
  return data as Row[]
}

async function database() {
  if (!isOnline()) throw new AppError('offline')
  return supabase()
}

/**
 * Activities by status, the newest first.
 * @param corpsIds only these corps; null for all (office)
 */
export async function fetchActivities(
  communityId: string,
  statuses: readonly ActivityStatus[],
  corpsIds: readonly string[] | null,
): Promise<Activity[]> {
  const db = await database()
  let query = db
    .from('activities')
    .select(COLUMNS)
    .eq('community_id', communityId)
    .in('status', [...statuses])
  if (corpsIds) query = query.in('corps_id', [...corpsIds])
  return rowsOf<ActivityRow>(await query.order('created_at', { ascending: false }).limit(200)).map(fromRow)
}

/** One activity, or null when it is not there for the caller. */
export async function fetchActivity(communityId: string, id: string): Promise<Activity | null> {
  const db = await database()
  const answer = await db.from('activities').select(COLUMNS).eq('community_id', communityId).eq('id', id).limit(1)
  const [row] = rowsOf<ActivityRow>(answer)
  return row ? fromRow(row) : null
}

export interface EditorChoices {
  corps: CorpsChoice[]
  places: Choice[]
}

export async function fetchChoices(communityId: string): Promise<EditorChoices> {
  const db = await database()
  const [corps, places] = await Promise.all([
    db.from('corps').select('id,name,color').eq('community_id', communityId).is('closed_on', null).order('name'),
    db.from('places').select('id,name').eq('community_id', communityId).order('name'),
  ])
  return { corps: rowsOf<CorpsChoice>(corps), places: rowsOf<Choice>(places) }
}

/** How many people hold or await a place: they are told when the activity is called off. */
export async function countSignedUp(communityId: string, shiftIds: readonly string[]): Promise<number> {
  if (shiftIds.length === 0) return 0
  const db = await database()
  const answer = await db
    .from('signups')
    .select('person_id')
    .eq('community_id', communityId)
    .in('shift_id', [...shiftIds])
    .in('status', ['applied', 'confirmed', 'waitlisted', 'offered'])
  return new Set(rowsOf<{ person_id: string }>(answer).map((r) => r.person_id)).size
}

interface CalendarRow {
  id: string
  activity_id: string
  activity_status: ActivityStatus
  status: string
  title: string
  starts_at: string
  ends_at: string
  day: string
  corps_color: CorpsColor
  corps_name: string
  place_name: string | null
  places: { capacity: number; taken: number; waiting: number }
}

/** Shifts of published activities between two days (inclusive). */
export async function fetchCalendar(communityId: string, from: string, to: string): Promise<CalendarShift[]> {
  const { shifts } = await rpc<{ shifts: CalendarRow[] }>('leader_shifts', {
    p_community_id: communityId,
    p_from: from,
    p_to: to,
  })
  return shifts
    .filter((s) => s.status === 'open' && ['published', 'finished', 'settled'].includes(s.activity_status))
    .map((s) => ({
      id: s.id,
      activityId: s.activity_id,
      title: s.title,
      startsAt: parseTime(s.starts_at),
      endsAt: parseTime(s.ends_at),
      day: s.day,
      corpsColor: s.corps_color,
      corpsName: s.corps_name,
      placeName: s.place_name,
      capacity: s.places.capacity,
      taken: s.places.taken,
      waiting: s.places.waiting,
    }))
}

export const saveActivity = (communityId: string, draft: ActivityDraft) =>
  sendCommand('save_activity', communityId, { p_activity_id: draft.id, p_activity: payloadOf(draft) })

export const submitActivity = (communityId: string, id: string) =>
  sendCommand('submit_activity', communityId, { p_activity_id: id })

export const publishActivity = (communityId: string, id: string) =>
  sendCommand('publish_activity', communityId, { p_activity_id: id })

export const rejectActivity = (communityId: string, id: string, reason: string) =>
  sendCommand('reject_activity', communityId, { p_activity_id: id, p_reason: reason })

export const cancelActivity = (communityId: string, id: string, reason: string) =>
  sendCommand('cancel_activity', communityId, { p_activity_id: id, p_reason: reason })
