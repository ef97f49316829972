import { AWARD_KINDS, METHODS, NOMINATION_STATUSES } from '@/lib/awards'
import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const kind = v.picklist(AWARD_KINDS)

const method = v.picklist(METHODS)

const community = v.object({
  id: v.string(),
  name: v.string(),
  is_demo: v.boolean(),
  relay_phone: v.nullable(v.string()),
})
const noticeStatus = v.picklist(['publicity', 'objections', 'confirmed', 'archived'])

export const noticesSchema = v.object({
  today: v.string(),
  community: v.nullable(community),
  notices: v.array(
    v.object({
      id: v.string(),
      kind,
      period: v.string(),
      first_day: v.string(),
      last_day: v.string(),
      is_open: v.boolean(),
      status: noticeStatus,
      people: v.number(),
    }),
  ),
})
export type Notices = v.InferOutput<typeof noticesSchema>

const ruleLine = v.object({ method, weight: v.number() })
const personSchema = v.object({
  nomination_id: v.string(),
  /** Masked, or the full name as agreed. */
  label: v.nullable(v.string()),
  is_full_name: v.boolean(),
  reason: v.nullable(v.string()),
  status: v.picklist(['publicity', 'granted']),
  grid_name: v.nullable(v.string()),
  corps_name: v.nullable(v.string()),
  corps_color: v.nullable(v.picklist(CORPS_COLORS)),
})
export type NoticePerson = v.InferOutput<typeof personSchema>

export const noticeSchema = v.object({
  today: v.string(),
  community,
  id: v.string(),
  kind,
  period: v.string(),
  first_day: v.string(),
  last_day: v.string(),
  status: noticeStatus,
  is_open: v.boolean(),
  confirmed_on: v.nullable(v.string()),
  seal: v.nullable(v.string()),
  rules: v.object({
    code: v.string(),
    gates: v.record(v.string(), v.union([v.number(), v.boolean()])),
    quota: v.nullable(v.number()),
    active: v.nullable(v.number()),
    indicators: v.array(ruleLine),
  }),
  people: v.array(personSchema),
  withheld: v.number(),
  revoked: v.number(),
})
export type Notice = v.InferOutput<typeof noticeSchema>

export const filedSchema = v.object({ objection_id: v.string(), code: v.string(), due_on: v.string() })
export type Filed = v.InferOutput<typeof filedSchema>

export const objectionSchema = v.object({
  status: v.picklist(['open', 'upheld', 'dismissed']),
  text: v.string(),
  filed_at: timeField,
  due_on: v.string(),
  answer: v.nullable(v.string()),
  answered_at: v.nullable(timeField),
  notice_id: v.string(),
  /** Why nothing was withheld, where the whole notice was objected to and the objection upheld. */
  set_aside_why: v.optional(v.nullable(v.string()), null),
})
export type Objection = v.InferOutput<typeof objectionSchema>

const lineSchema = v.object({
  indicator: method,
  weight: v.number(),
  /** What the snapshot saw; of a closed line nothing but how many. */
  inputs: v.record(v.string(), v.unknown()),
  value: v.nullable(v.number()),
})
export type ScoreLine = v.InferOutput<typeof lineSchema>
const gateSchema = v.object({ gate: v.string(), needed: v.unknown(), found: v.unknown(), ok: v.nullable(v.boolean()) })
export type GateLine = v.InferOutput<typeof gateSchema>

const nominationSchema = v.object({
  id: v.string(),
  kind,
  period: v.string(),
  cycle_status: v.string(),
  status: v.picklist(NOMINATION_STATUSES),
  title: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  collect_until: v.string(),
  may_edit: v.boolean(),
  may_decline: v.boolean(),
  may_withdraw_publicity: v.optional(v.boolean(), false),
  accepted: v.boolean(),
  shows_full_name: v.boolean(),
  statement: v.nullable(v.string()),
  indicators: v.nullable(v.array(ruleLine)),
  score: v.nullable(v.number()),
  lines: v.array(lineSchema),
  gates: v.nullable(v.array(gateSchema)),
  notice_id: v.nullable(v.string()),
  notice_until: v.nullable(v.string()),
  ended_why: v.nullable(v.string()),
  award: v.nullable(
    v.object({
      id: v.string(),
      status: v.picklist(['granted', 'revoked']),
      granted_at: timeField,
      revoked_why: v.nullable(v.string()),
      certificate_id: v.nullable(v.string()),
    }),
  ),
})
export type Nomination = v.InferOutput<typeof nominationSchema>

const openCycleSchema = v.object({ cycle_id: v.string(), kind, period: v.string(), collect_until: v.string() })
export type OpenCycle = v.InferOutput<typeof openCycleSchema>

export const myNominationsSchema = v.object({
  today: v.string(),
  person_id: v.string(),
  is_own: v.boolean(),
  is_minor: v.boolean(),
  is_on: v.boolean(),
  nominations: v.array(nominationSchema),
  open_cycles: v.array(openCycleSchema),
})
export type MyNominations = v.InferOutput<typeof myNominationsSchema>

/** The rows behind the numbers, as they stood when the cycle was locked; later corrections beside them. */
export const ownDossierSchema = v.object({
  records: v.array(
    v.object({
      id: v.string(),
      service_date: v.string(),
      title: v.string(),
      minutes: v.number(),
      is_reversal: v.boolean(),
      is_later: v.boolean(),
    }),
  ),
  wishes: v.array(v.object({ id: v.string(), day: v.string(), title: v.string() })),
  no_shows: v.array(v.object({ id: v.string(), day: v.string(), title: v.string() })),
})
export type OwnDossier = v.InferOutput<typeof ownDossierSchema>
