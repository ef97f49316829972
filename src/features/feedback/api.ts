import { parseAnswer } from '@/lib/parse'
import { sendCommand } from '@/lib/send-command'
import { publicRpc, rpc } from '@/lib/supabase'
import type { FeedbackCode, FeedbackForm, Report, Settling } from './schema'
import { feedbackCodeSchema, feedbackFormSchema, reportSchema, settlingDeskSchema } from './schema'

/** Ended activities with the ten-workday clock. Errors: not_allowed. */
export async function getSettlingDesk(communityId: string): Promise<Settling[]> {
  return parseAnswer(settlingDeskSchema, await rpc('settling_desk', { p_community_id: communityId }))
}

/** What an ended activity came to. Errors: activity_unknown. */
export async function getReport(communityId: string, activityId: string): Promise<Report> {
  return parseAnswer(
    reportSchema,
    await rpc('activity_report', { p_community_id: communityId, p_activity_id: activityId }),
  )
}

/** One code for one rating: a QR for a person served, or a link for the contact. */
export async function openFeedback(
  communityId: string,
  shiftId: string,
  kind: 'served' | 'contact',
): Promise<FeedbackCode> {
  return parseAnswer(
    feedbackCodeSchema,
    await sendCommand('open_feedback', communityId, { p_shift_id: shiftId, p_kind: kind }),
  )
}

/** What a code is about, for whoever holds it. Errors: feedback_unknown, feedback_expired. */
export async function getFeedbackForm(code: string): Promise<FeedbackForm> {
  return parseAnswer(feedbackFormSchema, await publicRpc('feedback_form', { p_code: code }))
}

/** Errors: feedback_used, feedback_expired, own_feedback. */
export async function rateService(id: string, code: string, stars: number, words: string): Promise<void> {
  await publicRpc('rate_service', { p_id: id, p_code: code, p_stars: stars, p_words: words.trim() || null })
}
