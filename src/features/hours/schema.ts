import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const text = v.optional(v.nullable(v.string()), null)
const time = v.optional(v.nullable(timeField), null)
const color = v.picklist(CORPS_COLORS)

export const BACKFILL_STATUSES = ['filed', 'passed_once', 'passed', 'refused', 'withdrawn'] as const
export const backfillSchema = v.pipe(
  v.object({
    id: v.string(),
    status: v.picklist(BACKFILL_STATUSES),
    title: v.string(),
    corps_color: color,
    corps_name: v.string(),
    starts_at: timeField,
    ends_at: timeField,
    minutes: v.number(),
    evidence: text,
    filed_at: timeField,
    reason: text,
    name: v.string(),
    filed_by_name: text,
    first_reviewed_by_name: text,
    closed_by_name: text,
    may_review: v.boolean(),
    may_withdraw: v.boolean(),
  }),
  v.transform((row) => ({
    id: row.id,
    status: row.status,
    title: row.title,
    corpsColor: row.corps_color,
    corpsName: row.corps_name,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    minutes: row.minutes,
    evidence: row.evidence,
    filedAt: row.filed_at,
    reason: row.reason,
    name: row.name,
    filedBy: row.filed_by_name,
    firstReviewer: row.first_reviewed_by_name,
    closedBy: row.closed_by_name,
    mayReview: row.may_review,
    mayWithdraw: row.may_withdraw,
  })),
)
export type Backfill = v.InferOutput<typeof backfillSchema>

export const myBackfillsSchema = v.pipe(
  v.object({
    days: v.number(),
    backfills: v.array(backfillSchema),
    shifts: v.array(
      v.pipe(
        v.object({
          id: v.string(),
          title: v.string(),
          starts_at: timeField,
          ends_at: timeField,
          was_signed_up: v.boolean(),
        }),
        v.transform((row) => ({
          id: row.id,
          title: row.title,
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          wasSignedUp: row.was_signed_up,
        })),
      ),
    ),
  }),
)
export type MyBackfills = v.InferOutput<typeof myBackfillsSchema>

/** For whoever files for others: the ended shifts, and who was on their lists without a scan. */
export const backfillChoicesSchema = v.object({
  shifts: v.array(
    v.pipe(
      v.object({
        id: v.string(),
        title: v.string(),
        corps_id: v.string(),
        starts_at: timeField,
        ends_at: timeField,
        people: v.array(v.object({ person_id: v.string(), name: v.string() })),
      }),
      v.transform((row) => ({
        id: row.id,
        title: row.title,
        corpsId: row.corps_id,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        people: row.people.map((one) => ({ personId: one.person_id, name: one.name })),
      })),
    ),
  ),
})
export type BackfillChoice = v.InferOutput<typeof backfillChoicesSchema>['shifts'][number]

export const backfillDeskSchema = v.object({ days: v.number(), backfills: v.array(backfillSchema) })

export const EXEMPTION_KINDS = ['illness', 'family', 'study', 'away', 'other'] as const
export type ExemptionKind = (typeof EXEMPTION_KINDS)[number]
export interface Exemption {
  id: string
  personId: string
  kind: ExemptionKind
  fromDay: string
  toDay: string
  note: string | null
  status: 'asked' | 'granted' | 'refused' | 'ended'
  answer: string | null
  /** For the office; null on one's own list. */
  name: string | null
}

const provenance = { scanned: v.number(), leader_confirmed: v.number(), backfilled: v.number(), imported: v.number() }
export const corpsHoursSchema = v.pipe(
  v.object({
    corps: v.array(
      v.object({ id: v.string(), name: v.string(), color, minutes: v.number(), records: v.number(), ...provenance }),
    ),
  }),
  v.transform(({ corps }) => corps),
)
export type CorpsHours = v.InferOutput<typeof corpsHoursSchema>[number]

export const FLAG_KINDS = [
  'two_places',
  'over_day',
  'few_people',
  'mutual',
  'clock_skew',
  'late_confirm',
  'by_hand',
] as const
const flagKind = v.picklist(FLAG_KINDS)
export const spotDeskSchema = v.pipe(
  v.object({
    flags: v.array(
      v.pipe(
        v.object({
          kind: flagKind,
          id: v.string(),
          at: timeField,
          facts: v.record(v.string(), v.unknown()),
          name: text,
          other_name: text,
          why_not: v.nullable(v.picklist(['own_request', 'confirmed_it_oneself'])),
          records: v.array(
            v.pipe(
              v.object({
                id: v.string(),
                name: v.string(),
                title: v.string(),
                starts_at: timeField,
                ends_at: timeField,
                minutes: v.number(),
                provenance: v.string(),
                is_mine: v.boolean(),
              }),
              v.transform(({ starts_at, ends_at, is_mine, ...row }) => ({
                ...row,
                startsAt: starts_at,
                endsAt: ends_at,
                isMine: is_mine,
              })),
            ),
          ),
        }),
        v.transform(({ other_name, why_not, ...row }) => ({ ...row, otherName: other_name, whyNot: why_not })),
      ),
    ),
    done: v.array(
      v.pipe(
        v.object({
          id: v.string(),
          kind: flagKind,
          verdict: v.picklist(['fine', 'reversed']),
          reason: v.string(),
          at: timeField,
          checked_by: text,
        }),
        v.transform(({ checked_by, ...row }) => ({ ...row, checkedBy: checked_by })),
      ),
    ),
    penalties: v.array(
      v.pipe(
        v.object({
          id: v.string(),
          status: v.picklist(['proposed', 'confirmed', 'dropped', 'lifted']),
          reason: text,
          note: text,
          proposed_at: timeField,
          frozen_until: time,
          proposed_by: text,
          decided_by: text,
          name: v.string(),
          title: v.string(),
          starts_at: timeField,
          minutes: v.number(),
          may_decide: v.boolean(),
          may_lift: v.boolean(),
        }),
        v.transform((row) => ({
          id: row.id,
          status: row.status,
          reason: row.reason,
          note: row.note,
          proposedAt: row.proposed_at,
          frozenUntil: row.frozen_until,
          proposedBy: row.proposed_by,
          decidedBy: row.decided_by,
          name: row.name,
          title: row.title,
          startsAt: row.starts_at,
          minutes: row.minutes,
          mayDecide: row.may_decide,
          mayLift: row.may_lift,
        })),
      ),
    ),
  }),
)
export type SpotDesk = v.InferOutput<typeof spotDeskSchema>
export type SpotFlag = SpotDesk['flags'][number]
export type Penalty = SpotDesk['penalties'][number]
