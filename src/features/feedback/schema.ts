import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const text = v.optional(v.nullable(v.string()), null)
const number = v.optional(v.nullable(v.number()), null)
const color = v.picklist(CORPS_COLORS)

const settlingEntries = {
  id: v.string(),
  title: v.string(),
  corps_name: v.string(),
  corps_color: color,
  ended_at: timeField,
  status: v.picklist(['finished', 'settled']),
  due_on: v.string(),
  workdays_left: number,
  to_check_out: v.number(),
  to_confirm: v.number(),
  unmarked: v.number(),
  first_shift: text,
  has_summary: v.boolean(),
  people: v.number(),
  minutes: v.number(),
  /** Hidden below three ratings: fewer would tell who said what. */
  rating: v.object({ n: v.number(), average: number, stars: v.optional(v.nullable(v.array(v.number())), null) }),
}
const settling = (row: v.InferOutput<ReturnType<typeof settlingObject>>) => ({
  id: row.id,
  title: row.title,
  corpsName: row.corps_name,
  corpsColor: row.corps_color,
  endedAt: row.ended_at,
  status: row.status,
  dueOn: row.due_on,
  /** Workdays until it is due, negative when late; null when it is settled. */
  workdaysLeft: row.workdays_left,
  toCheckOut: row.to_check_out,
  toConfirm: row.to_confirm,
  unmarked: row.unmarked,
  openWork: row.to_check_out + row.to_confirm + row.unmarked,
  firstShift: row.first_shift,
  hasSummary: row.has_summary,
  people: row.people,
  minutes: row.minutes,
  rating: row.rating,
})
function settlingObject() {
  return v.object(settlingEntries)
}

export const settlingDeskSchema = v.pipe(
  v.object({ activities: v.array(v.pipe(settlingObject(), v.transform(settling))) }),
  v.transform(({ activities }) => activities),
)
export type Settling = v.InferOutput<typeof settlingDeskSchema>[number]

export const reportSchema = v.pipe(
  v.object({
    ...settlingEntries,
    i_lead: v.boolean(),
    words: v.array(v.string()),
    shifts: v.array(
      v.pipe(
        v.object({ id: v.string(), starts_at: timeField, ends_at: timeField }),
        v.transform((row) => ({ id: row.id, startsAt: row.starts_at, endsAt: row.ends_at })),
      ),
    ),
    summary: v.optional(
      v.nullable(
        v.pipe(
          v.object({
            body: v.string(),
            people_served: number,
            written_by: text,
            photos: v.array(
              v.object({ id: v.string(), kind: v.picklist(['photo', 'voice']), words: text, seconds: number }),
            ),
          }),
          v.transform((row) => ({
            body: row.body,
            peopleServed: row.people_served,
            writtenBy: row.written_by,
            photos: row.photos,
          })),
        ),
      ),
      null,
    ),
  }),
  v.transform((row) => ({
    ...settling(row),
    iLead: row.i_lead,
    words: row.words,
    shifts: row.shifts,
    summary: row.summary,
  })),
)
export type Report = v.InferOutput<typeof reportSchema>

export const feedbackCodeSchema = v.pipe(
  v.object({ feedback_id: v.string(), code: v.string(), expires_at: timeField }),
  v.transform((row) => ({ id: row.feedback_id, code: row.code, expiresAt: row.expires_at })),
)
export type FeedbackCode = v.InferOutput<typeof feedbackCodeSchema>

export const feedbackFormSchema = v.pipe(
  v.object({
    community_name: v.string(),
    title: v.string(),
    corps_name: v.string(),
    corps_color: color,
    place_name: text,
    starts_at: timeField,
    of_one: v.boolean(),
    used: v.boolean(),
  }),
  v.transform((row) => ({
    communityName: row.community_name,
    title: row.title,
    corpsName: row.corps_name,
    corpsColor: row.corps_color,
    placeName: row.place_name,
    startsAt: row.starts_at,
    ofOne: row.of_one,
    used: row.used,
  })),
)
export type FeedbackForm = v.InferOutput<typeof feedbackFormSchema>
