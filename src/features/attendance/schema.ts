import { attendanceStatus, placesSchema, SIGNUP_STATUSES } from '@/features/shifts'
import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)
const optionalTime = v.optional(v.nullable(timeField), null)
const optionalNumber = v.optional(v.nullable(v.number()), null)

export const memberCodeSchema = v.pipe(
  v.object({ person_id: v.string(), secret: v.string() }),
  v.transform((row) => ({ personId: row.person_id, secret: row.secret })),
)
export type MemberCode = v.InferOutput<typeof memberCodeSchema>

export const leaderShiftSchema = v.pipe(
  v.object({
    id: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    status: v.picklist(['open', 'cancelled']),
    title: v.string(),
    activity_status: v.string(),
    corps_color: v.picklist(CORPS_COLORS),
    corps_name: v.string(),
    place_name: optionalText,
    places: placesSchema,
    attendance: v.object({ checked_in: v.number(), checked_out: v.number(), credited: v.number() }),
  }),
  v.transform((row) => ({
    id: row.id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    status: row.status,
    title: row.title,
    activityStatus: row.activity_status,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    placeName: row.place_name,
    places: row.places,
    /** Members by where they stand now; nobody is counted twice. */
    attendance: {
      checkedIn: row.attendance.checked_in,
      checkedOut: row.attendance.checked_out,
      credited: row.attendance.credited,
    },
  })),
)
export type LeaderShift = v.InferOutput<typeof leaderShiftSchema>

export const leaderShiftsSchema = v.pipe(
  v.object({ shifts: v.array(leaderShiftSchema) }),
  v.transform((answer) => answer.shifts),
)

const via = v.optional(v.nullable(v.picklist(['code', 'leader'])), null)

export const rosterMemberSchema = v.pipe(
  v.object({
    signup_id: v.string(),
    status: v.picklist(SIGNUP_STATUSES),
    person_id: v.string(),
    is_me: v.boolean(),
    name: v.string(),
    phone_masked: optionalText,
    role: v.string(),
    by_helper: v.boolean(),
    has_phone: v.boolean(),
    volunteer_no: optionalText,
    attendance_status: v.optional(v.nullable(attendanceStatus), null),
    checked_in_at: optionalTime,
    checked_in_via: via,
    checked_out_at: optionalTime,
    checked_out_via: via,
    minutes: optionalNumber,
    left_claimed_at: optionalTime,
    record_id: optionalText,
    credited_minutes: optionalNumber,
    credited_points: optionalNumber,
  }),
  v.transform((row) => ({
    signupId: row.signup_id,
    status: row.status,
    personId: row.person_id,
    isMe: row.is_me,
    name: row.name,
    phoneMasked: row.phone_masked,
    role: row.role,
    byHelper: row.by_helper,
    hasPhone: row.has_phone,
    volunteerNo: row.volunteer_no,
    attendanceStatus: row.attendance_status,
    checkedInAt: row.checked_in_at,
    checkedInVia: row.checked_in_via,
    checkedOutAt: row.checked_out_at,
    checkedOutVia: row.checked_out_via,
    minutes: row.minutes,
    /** When the member says to have left, asked after a forgotten check-out. */
    leftClaimedAt: row.left_claimed_at,
    recordId: row.record_id,
    creditedMinutes: row.credited_minutes,
    creditedPoints: row.credited_points,
  })),
)
export type RosterMember = v.InferOutput<typeof rosterMemberSchema>

export const rosterSchema = v.pipe(
  v.object({ members: v.array(rosterMemberSchema) }),
  v.transform((answer) => answer.members),
)

/** What `check_in` and `check_out` answer. */
export const scanAnswerSchema = v.pipe(
  v.object({
    signup_id: v.string(),
    person_id: v.string(),
    display_name: v.string(),
    at: timeField,
    minutes: v.optional(v.number()),
  }),
  v.transform((row) => ({
    signupId: row.signup_id,
    personId: row.person_id,
    displayName: row.display_name,
    at: row.at,
    minutes: row.minutes ?? null,
  })),
)
export type ScanAnswer = v.InferOutput<typeof scanAnswerSchema>

export const confirmAnswerSchema = v.pipe(
  v.object({
    credited: v.array(v.object({ signup_id: v.string(), minutes: v.number(), points: v.nullable(v.number()) })),
    skipped: v.array(v.object({ signup_id: v.string(), reason: v.string() })),
  }),
  v.transform((row) => ({
    credited: row.credited.map((c) => ({ signupId: c.signup_id, minutes: c.minutes, points: c.points })),
    skipped: row.skipped.map((s) => ({ signupId: s.signup_id, reason: s.reason })),
  })),
)
export type ConfirmAnswer = v.InferOutput<typeof confirmAnswerSchema>
