import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const corpsColor = v.picklist(CORPS_COLORS)
const optionalText = v.optional(v.nullable(v.string()), null)

export const SIGNUP_STATUSES = [
  'applied',
  'confirmed',
  'waitlisted',
  'offered',
  'lapsed',
  'rejected',
  'cancelled',
  'late_cancelled',
  'excused',
  'attended',
  'no_show',
] as const
export const signupStatus = v.picklist(SIGNUP_STATUSES)
export type SignupStatus = v.InferOutput<typeof signupStatus>

export const SHIFT_ROLES = ['helper', 'lead', 'professional', 'logistics'] as const
export const shiftRole = v.picklist(SHIFT_ROLES)
export type ShiftRoleName = v.InferOutput<typeof shiftRole>

export const ATTENDANCE_STATUSES = ['checked_in', 'checked_out', 'confirmed', 'credited', 'reversed'] as const
export const attendanceStatus = v.picklist(ATTENDANCE_STATUSES)
export type AttendanceStatus = v.InferOutput<typeof attendanceStatus>

/** Places of a shift as of now: taken counts confirmed places and live offers. */
export const placesSchema = v.object({
  capacity: v.number(),
  taken: v.number(),
  waiting: v.number(),
  roles: v.array(
    v.pipe(
      v.object({
        name: shiftRole,
        capacity: v.number(),
        taken: v.number(),
        reserved: v.optional(v.number(), 0),
        waiting: v.optional(v.number(), 0),
        qualification_kind: optionalText,
        min_age: v.optional(v.nullable(v.number()), null),
        max_age: v.optional(v.nullable(v.number()), null),
      }),
      v.transform((row) => ({
        name: row.name,
        capacity: row.capacity,
        taken: row.taken,
        /** Kept for groups, without a name yet. */
        reserved: row.reserved,
        waiting: row.waiting,
        qualificationKind: row.qualification_kind,
        minAge: row.min_age,
        maxAge: row.max_age,
      })),
    ),
  ),
})
export type ShiftPlaces = v.InferOutput<typeof placesSchema>
export type RolePlaces = ShiftPlaces['roles'][number]

/** Something that keeps a person from a role, with what would make it possible. */
const reasonSchema = v.pipe(
  v.object({
    slug: v.string(),
    min_age: v.optional(v.number()),
    max_age: v.optional(v.number()),
    max: v.optional(v.number()),
    qualification: v.optional(v.string()),
    opens_at: v.optional(timeField),
    until_at: v.optional(timeField),
  }),
  v.transform((row) => ({
    slug: row.slug,
    age: row.min_age ?? row.max_age ?? null,
    max: row.max ?? null,
    qualification: row.qualification ?? null,
    at: row.opens_at ?? row.until_at ?? null,
  })),
)
export type Reason = v.InferOutput<typeof reasonSchema>
const eligibilitySchema = v.array(v.object({ role: shiftRole, reasons: v.array(reasonSchema) }))
export type RoleEligibility = v.InferOutput<typeof eligibilitySchema>[number]

const ownCallSchema = v.pipe(
  v.object({ id: v.string(), to_name: optionalText }),
  v.transform((row) => ({ id: row.id, toName: row.to_name })),
)
/** A stand-in one looks for oneself; `toName` null = everybody was asked. */
export type OwnCall = v.InferOutput<typeof ownCallSchema>

const callSchema = v.pipe(
  v.object({ id: v.string(), from_name: v.string(), is_named: v.boolean(), role: shiftRole, opens_at: timeField }),
  v.transform((row) => ({
    id: row.id,
    fromName: row.from_name,
    isNamed: row.is_named,
    role: row.role,
    opensAt: row.opens_at,
  })),
)
/** A place somebody hands on, that the viewer may take over from `opensAt` on. */
export type StandInCall = v.InferOutput<typeof callSchema>

const clashSchema = v.optional(
  v.nullable(
    v.pipe(
      v.object({ title: v.string(), starts_at: timeField }),
      v.transform((row) => ({ title: row.title, startsAt: row.starts_at })),
    ),
  ),
  null,
)

export const shiftSchema = v.pipe(
  v.object({
    id: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    activity_id: v.string(),
    title: v.string(),
    category: v.string(),
    is_hazardous: v.boolean(),
    qualification_kind: optionalText,
    corps_id: v.string(),
    corps_color: corpsColor,
    corps_name: v.string(),
    place_id: optionalText,
    place_name: optionalText,
    is_near: v.nullable(v.boolean()),
    places: placesSchema,
    mine: v.optional(v.nullable(v.object({ signup_id: v.string(), status: signupStatus })), null),
    why_not: optionalText,
    has_open_call: v.optional(v.boolean(), false),
    clash: clashSchema,
  }),
  v.transform((row) => ({
    id: row.id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    activityId: row.activity_id,
    title: row.title,
    category: row.category,
    isHazardous: row.is_hazardous,
    qualificationKind: row.qualification_kind,
    corpsId: row.corps_id,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    placeId: row.place_id,
    placeName: row.place_name,
    /** In the grid the person lives in. */
    isNear: row.is_near === true,
    places: row.places,
    mine: row.mine && { signupId: row.mine.signup_id, status: row.mine.status },
    /** Why the person cannot take part, as a slug. */
    whyNot: row.why_not,
    /** Somebody hands a place on and the person may take it now. */
    hasOpenCall: row.has_open_call,
    /** What the person does at the same time. */
    clash: row.clash,
  })),
)
export type Shift = v.InferOutput<typeof shiftSchema>

export const shiftListSchema = v.pipe(
  v.object({ shifts: v.array(shiftSchema) }),
  v.transform((answer) => answer.shifts),
)

const attendanceSchema = v.pipe(
  v.object({
    status: attendanceStatus,
    checked_in_at: timeField,
    checked_out_at: v.nullable(timeField),
    minutes: v.nullable(v.number()),
  }),
  v.transform((row) => ({
    status: row.status,
    checkedInAt: row.checked_in_at,
    checkedOutAt: row.checked_out_at,
    minutes: row.minutes,
  })),
)

export const shiftDetailSchema = v.pipe(
  v.object({
    id: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    status: v.picklist(['open', 'cancelled']),
    activity_status: v.string(),
    status_reason: optionalText,
    title: v.string(),
    summary: optionalText,
    risk_note: optionalText,
    category: v.string(),
    meeting_point: optionalText,
    is_hazardous: v.boolean(),
    insurance_ref: optionalText,
    qualification_kind: optionalText,
    min_age: v.number(),
    corps_id: v.string(),
    corps_color: corpsColor,
    corps_name: v.string(),
    corps_relay_phone: optionalText,
    place_name: optionalText,
    place_address: optionalText,
    places: placesSchema,
    mine: v.optional(
      v.nullable(
        v.object({
          signup_id: v.string(),
          status: signupStatus,
          offer_expires_at: v.nullable(timeField),
          role: shiftRole,
          ahead: v.number(),
          stand_in: v.optional(v.nullable(ownCallSchema), null),
          attendance: v.optional(v.nullable(attendanceSchema), null),
        }),
      ),
      null,
    ),
    opens_at: v.optional(v.nullable(timeField), null),
    eligibility: v.optional(v.nullable(eligibilitySchema), null),
    stand_ins: v.optional(v.array(callSchema), []),
    may_reserve: v.optional(v.boolean(), false),
    clash: clashSchema,
    i_lead: v.boolean(),
  }),
  v.transform((row) => ({
    id: row.id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    status: row.status,
    activityStatus: row.activity_status,
    statusReason: row.status_reason,
    title: row.title,
    summary: row.summary,
    riskNote: row.risk_note,
    category: row.category,
    meetingPoint: row.meeting_point,
    isHazardous: row.is_hazardous,
    insuranceRef: row.insurance_ref,
    qualificationKind: row.qualification_kind,
    minAge: row.min_age,
    corpsId: row.corps_id,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    corpsRelayPhone: row.corps_relay_phone,
    placeName: row.place_name,
    placeAddress: row.place_address,
    places: row.places,
    mine: row.mine && {
      signupId: row.mine.signup_id,
      status: row.mine.status,
      offerExpiresAt: row.mine.offer_expires_at,
      role: row.mine.role,
      ahead: row.mine.ahead,
      standIn: row.mine.stand_in,
      attendance: row.mine.attendance,
    },
    opensAt: row.opens_at,
    /** Every reason why not, by role; the role nearest to being possible first. */
    eligibility: row.eligibility ?? [],
    whyNot: row.eligibility?.[0]?.reasons[0]?.slug ?? null,
    standIns: row.stand_ins,
    mayReserve: row.may_reserve,
    clash: row.clash,
    iLead: row.i_lead,
  })),
)
export type ShiftDetail = v.InferOutput<typeof shiftDetailSchema>

export const mySignupSchema = v.pipe(
  v.object({
    signup_id: v.string(),
    status: signupStatus,
    offer_expires_at: v.nullable(timeField),
    reason: optionalText,
    by_helper: v.boolean(),
    role: shiftRole,
    ahead: v.optional(v.nullable(v.number()), null),
    stand_in: v.optional(v.nullable(ownCallSchema), null),
    shift_id: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    title: v.string(),
    corps_color: corpsColor,
    corps_name: v.string(),
    corps_relay_phone: optionalText,
    place_name: optionalText,
    meeting_point: optionalText,
    attendance_status: v.optional(v.nullable(attendanceStatus), null),
    checked_in_at: v.optional(v.nullable(timeField), null),
    checked_out_at: v.optional(v.nullable(timeField), null),
    minutes: v.optional(v.nullable(v.number()), null),
    left_claimed_at: v.optional(v.nullable(timeField), null),
  }),
  v.transform((row) => ({
    signupId: row.signup_id,
    status: row.status,
    offerExpiresAt: row.offer_expires_at,
    reason: row.reason,
    byHelper: row.by_helper,
    role: row.role,
    ahead: row.ahead,
    standIn: row.stand_in,
    shiftId: row.shift_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    title: row.title,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    corpsRelayPhone: row.corps_relay_phone,
    placeName: row.place_name,
    meetingPoint: row.meeting_point,
    attendanceStatus: row.attendance_status,
    checkedInAt: row.checked_in_at,
    checkedOutAt: row.checked_out_at,
    minutes: row.minutes,
    /** When the person says to have left, asked after a forgotten check-out. */
    leftClaimedAt: row.left_claimed_at,
  })),
)
export type MySignup = v.InferOutput<typeof mySignupSchema>

const askedSchema = v.pipe(
  v.object({
    id: v.string(),
    from_name: v.string(),
    role: shiftRole,
    shift_id: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    title: v.string(),
    corps_color: corpsColor,
    corps_name: v.string(),
    place_name: optionalText,
  }),
  v.transform((row) => ({
    id: row.id,
    fromName: row.from_name,
    role: row.role,
    shiftId: row.shift_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    title: row.title,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    placeName: row.place_name,
  })),
)
/** A place somebody asks just this person to take over. */
export type AskedStandIn = v.InferOutput<typeof askedSchema>

export const mySignupsSchema = v.pipe(
  v.object({ signups: v.array(mySignupSchema), asked_to_stand_in: v.optional(v.array(askedSchema), []) }),
  v.transform((answer) => ({ signups: answer.signups, asked: answer.asked_to_stand_in })),
)
export type MyShifts = v.InferOutput<typeof mySignupsSchema>

export const strikeSchema = v.pipe(
  v.object({
    id: v.string(),
    signup_id: v.string(),
    at: timeField,
    status: v.picklist(['active', 'appealed', 'upheld', 'cancelled']),
    answer: optionalText,
  }),
  v.transform((row) => ({
    id: row.id,
    signupId: row.signup_id,
    at: row.at,
    status: row.status,
    answer: row.answer,
  })),
)
export type Strike = v.InferOutput<typeof strikeSchema>

/** What `claim_shift` answers. */
export const claimResultSchema = v.pipe(
  v.object({ signup_id: v.string(), status: signupStatus, ahead: v.number() }),
  v.transform((row) => ({ signupId: row.signup_id, status: row.status, ahead: row.ahead })),
)
export type ClaimResult = v.InferOutput<typeof claimResultSchema>
