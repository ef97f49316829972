import { AppError, toAppError } from '@/lib/errors'
import { isOnline, rpc, supabase } from '@/lib/supabase'
import { parseTime } from '@/lib/time'

export const NOTIFICATION_KINDS = [
  'join_confirmed',
  'privacy_answered',
  'activity_published',
  'activity_rejected',
  'activity_cancelled',
  'offer_made',
  'offer_lapsed',
  'signed_up_by_helper',
  'service_credited',
  'absence_excused',
  'no_show_marked',
  'strike_cancelled',
  'strike_upheld',
  'service_reversed',
  'post_assigned',
  'post_handed_over',
  'post_ended',
  'duty_returned',
  'party_remark_made',
  'party_quarter_confirmed',
  'party_quarter_talk',
  'party_year_closed',
  'party_year_talk',
  'score_objection_made',
  'score_objection_unheld',
  'score_objection_answered',
  'points_bonus',
  'check_out_asked',
  'check_out_settled',
  'attendance_undone',
  'exemption_granted',
  'exemption_refused',
  'backfill_passed',
  'backfill_refused',
  'penalty_confirmed',
  'penalty_lifted',
  'activity_settled',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

export interface Notification {
  id: string
  /** A kind this version does not know is shown as a plain notice. */
  kind: NotificationKind | 'unknown'
  params: Record<string, unknown>
  link: string | null
  createdAt: Date
  isRead: boolean
}

interface NotificationRow {
  id: string
  kind: string
  params: Record<string, unknown> | null
  link: string | null
  created_at: string
  read_at: string | null
}

function fromRow(row: NotificationRow): Notification {
  return {
    id: row.id,
    kind: NOTIFICATION_KINDS.find((kind) => kind === row.kind) ?? 'unknown',
    params: row.params ?? {},
    // Only places within the app: a row never sends anybody elsewhere.
    link: row.link && /^\/(?!\/)/.test(row.link) ? row.link : null,
    createdAt: parseTime(row.created_at),
    isRead: row.read_at !== null,
  }
}

/** The latest 100 messages of a person. */
export async function fetchNotifications(communityId: string, personId: string): Promise<Notification[]> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  const { data, error, status } = await db
    .from('notifications')
    .select('id,kind,params,link,created_at,read_at')
    .eq('community_id', communityId)
    .eq('person_id', personId)
    .order('created_at', { ascending: false })
    .limit(100)
  if (error) throw toAppError(error, status)
  return (data as unknown as NotificationRow[]).map(fromRow)
}

/** How many are unread, for the badge of the navigation. */
export async function fetchUnread(communityId: string, personId: string): Promise<number> {
  if (!isOnline()) throw new AppError('offline')
  const db = await supabase()
  const { data, error, status } = await db
    .from('notifications')
    .select('id')
    .eq('community_id', communityId)
    .eq('person_id', personId)
    .is('read_at', null)
    .limit(100)
  if (error) throw toAppError(error, status)
  return (data as unknown[]).length
}

export const markAllRead = (communityId: string) => rpc('mark_notifications_read', { p_community_id: communityId })
