import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)

export const PROVENANCES = ['scanned', 'leader_confirmed', 'backfilled', 'imported'] as const

/** What the rule saw when it gave the points; kept with the entry for ever. */
export const ruleInputsSchema = v.pipe(
  v.object({
    minutes: v.number(),
    countable_minutes: v.number(),
    half_hours: v.number(),
    points_per_half_hour: v.number(),
    base: v.number(),
    month_before: v.number(),
    max_points_per_month: v.optional(v.nullable(v.number()), null),
    max_minutes_per_day: v.number(),
    multiplier: v.optional(v.nullable(v.number()), null),
    multiplier_rule: v.optional(v.nullable(v.picklist(['V02', 'V03'])), null),
    cap: v.optional(v.nullable(v.picklist(['month', 'day', 'backfilled'])), null),
  }),
  v.transform((row) => ({
    minutes: row.minutes,
    countableMinutes: row.countable_minutes,
    halfHours: row.half_hours,
    pointsPerHalfHour: row.points_per_half_hour,
    base: row.base,
    monthBefore: row.month_before,
    maxPointsPerMonth: row.max_points_per_month,
    maxMinutesPerDay: row.max_minutes_per_day,
    /** The one highest of V02 and V03, where one held. */
    multiplier: row.multiplier,
    multiplierRule: row.multiplier_rule,
    cap: row.cap,
  })),
)
export type RuleInputs = v.InferOutput<typeof ruleInputsSchema>

export const serviceRecordSchema = v.pipe(
  v.object({
    id: v.string(),
    service_date: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    minutes: v.number(),
    provenance: v.picklist(PROVENANCES),
    reverses_id: optionalText,
    title: v.string(),
    category: v.string(),
    corps_color: v.picklist(CORPS_COLORS),
    corps_name: v.string(),
    place_name: optionalText,
    confirmed_by_name: optionalText,
    confirmed_at: timeField,
    points: v.optional(v.nullable(v.number()), null),
    rule_code: optionalText,
    ruleset_code: optionalText,
    inputs: v.optional(v.nullable(v.unknown()), null),
  }),
  v.transform((row) => {
    const inputs = v.safeParse(ruleInputsSchema, row.inputs)
    return {
      id: row.id,
      serviceDate: row.service_date,
      startsAt: row.starts_at,
      endsAt: row.ends_at,
      /** Negative for a reversal. */
      minutes: row.minutes,
      provenance: row.provenance,
      reversesId: row.reverses_id,
      title: row.title,
      category: row.category,
      corpsColor: row.corps_color,
      corpsName: row.corps_name,
      placeName: row.place_name,
      confirmedByName: row.confirmed_by_name,
      confirmedAt: row.confirmed_at,
      /** null = this record brought no entry (points switched off, or not meant to). */
      points: row.points,
      ruleCode: row.rule_code,
      rulesetCode: row.ruleset_code,
      /** null = a rule this version cannot put into words. */
      inputs: inputs.success ? inputs.output : null,
    }
  }),
)
export type ServiceRecord = v.InferOutput<typeof serviceRecordSchema>

export const myServiceSchema = v.pipe(
  v.object({
    volunteer_no: optionalText,
    minutes_total: v.number(),
    minutes_year: v.number(),
    times_year: v.number(),
    balance: v.number(),
    points_month: v.number(),
    months: v.array(v.object({ month: v.string(), minutes: v.number() })),
    provenance: v.object({
      scanned: v.number(),
      leader_confirmed: v.number(),
      backfilled: v.number(),
      imported: v.number(),
    }),
    frozen_until: v.optional(v.nullable(timeField), null),
    records: v.array(serviceRecordSchema),
    lots: v.array(v.object({ expires_at: timeField, remaining: v.number() })),
  }),
  v.transform((row) => ({
    volunteerNo: row.volunteer_no,
    minutesTotal: row.minutes_total,
    minutesYear: row.minutes_year,
    timesYear: row.times_year,
    balance: row.balance,
    pointsMonth: row.points_month,
    months: row.months,
    /** Minutes by where they come from. */
    provenance: row.provenance,
    /** Until when a false record keeps the person from signing up. */
    frozenUntil: row.frozen_until,
    records: row.records,
    lots: row.lots.map((lot) => ({ expiresAt: lot.expires_at, remaining: lot.remaining })),
  })),
)
export type MyService = v.InferOutput<typeof myServiceSchema>
