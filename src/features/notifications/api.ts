import { keepingLast } from '@/lib/kept'
import { rpc } from '@/lib/supabase'
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
  'post_given_back',
  'party_member_moved',
  'report_in_waits',
  'party_consent_withdrawn',
  'attendance_waits',
  'duty_waits',
  'report_in_confirmed',
  'report_in_returned',
  'pledge_waits',
  'pledge_kept',
  'pledge_not_kept',
  'duty_returned',
  'party_remark_made',
  'party_review_made',
  'party_quarter_confirmed',
  'party_quarter_talk',
  'party_year_closed',
  'party_year_talk',
  'score_objection_made',
  'score_objection_unheld',
  'score_objection_answered',
  'points_bonus',
  'reward_ready',
  'reward_picked_up',
  'reward_cancelled',
  'reward_lapsed',
  'reward_ordered_by_helper',
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
  'shift_tomorrow',
  'shift_soon',
  'star_reached',
  'certificate_revoked',
  'correction_asked',
  'correction_made',
  'correction_declined',
  'nomination_made',
  'panel_named',
  'award_publicity',
  'award_not_this_time',
  'award_granted',
  'award_withheld',
  'award_revoked',
  'objection_filed',
  'objection_answered',
  'wish_opened',
  'wish_returned',
  'wish_claimed',
  'wish_claim_approved',
  'wish_claim_declined',
  'wish_claim_due',
  'wish_claim_lapsed',
  'wish_released',
  'wish_on_its_way',
  'wish_realized',
  'wish_realized_points',
  'wish_thanks',
  'wish_thanks_returned',
  'wish_withdrawn',
  'stand_in_asked',
  'stand_in_call',
  'stand_in_accepted',
  'stand_in_declined',
  'stand_in_done',
  'place_lost',
  'added_on_the_spot',
  'block_reserved',
  'block_released',
  'block_cut',
  'named_in_block',
  'points_expiring',
  'points_adjusted',
  'dispute_answered',
  'corps_applied',
  'corps_accepted',
  'corps_declined',
  'qualification_checked',
  'qualification_declined',
  'qualification_expiring',
  'training_changed',
  'training_cancelled',
  'training_passed',
  'training_failed',
  'shift_changed',
  'series_fixed',
  'activities_published',
  'calendar_drafts',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

export interface Notification {
  id: string
  /** A kind this version does not know is shown as a plain notice. */
  kind: NotificationKind | 'unknown'
  params: Record<string, unknown>
  link: string | null
  createdAt: Date
  /** Later than createdAt when it came in the quiet hours. */
  arrivedAt: Date
  isRead: boolean
}

interface NotificationRow {
  id: string
  kind: string
  params: Record<string, unknown> | null
  link: string | null
  created_at: string
  arrives_at: string
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
    arrivedAt: parseTime(row.arrives_at),
    isRead: row.read_at !== null,
  }
}

/** The latest 100 messages of the member that have arrived; without network the ones seen last. */
export async function fetchNotifications(communityId: string, personId: string): Promise<Notification[]> {
  const answer = await keepingLast(['inbox', communityId, personId], () =>
    rpc<{ notices: NotificationRow[] }>('my_inbox', { p_community_id: communityId }),
  )
  return answer.notices.map(fromRow)
}

/** How many are unread, for the badge of the navigation. */
export const fetchUnread = (communityId: string) => rpc<number>('my_unread', { p_community_id: communityId })

/** Marks one message as read, or all of them. */
export const markRead = (communityId: string, id: string | null = null) =>
  rpc('mark_notifications_read', { p_community_id: communityId, p_notification_id: id })

/** What can be switched off; what touches a person's rights cannot. */
export const NOTICE_GROUPS = ['shifts', 'offers', 'hours', 'points', 'wishes', 'party', 'office', 'community'] as const
export type NoticeGroup = (typeof NOTICE_GROUPS)[number]

export interface NoticeSettings {
  muted: NoticeGroup[]
  /** `HH:MM` in Shanghai; null for none. */
  quiet: { from: string; to: string } | null
}

export async function fetchNoticeSettings(communityId: string): Promise<NoticeSettings> {
  const row = await rpc<{ muted: string[]; quiet_from: string | null; quiet_to: string | null }>('my_notice_settings', {
    p_community_id: communityId,
  })
  return {
    muted: NOTICE_GROUPS.filter((group) => row.muted.includes(group)),
    quiet: row.quiet_from && row.quiet_to ? { from: row.quiet_from, to: row.quiet_to } : null,
  }
}

export const saveNoticeSettings = (communityId: string, { muted, quiet }: NoticeSettings) =>
  rpc('save_notice_settings', {
    p_community_id: communityId,
    p_muted: muted,
    p_quiet_from: quiet?.from ?? null,
    p_quiet_to: quiet?.to ?? null,
  })
