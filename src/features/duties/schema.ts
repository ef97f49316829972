import { timeField } from '@/lib/parse'
import * as v from 'valibot'

export const DUTY_KINDS = [
  'opinion_round',
  'publicity_round',
  'hygiene_check',
  'safety_check',
  'mediation',
  'visit',
  'deliberation',
  'neighbour_help',
  'emergency',
  'other',
] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

const kind = v.picklist(DUTY_KINDS)
const text = v.optional(v.nullable(v.string()), null)

export const DUTY_STATUSES = ['submitted', 'verified', 'returned', 'counted'] as const
export type DutyStatus = (typeof DUTY_STATUSES)[number]

const named = v.pipe(
  v.object({ person_id: v.string(), name: v.string() }),
  v.transform((row) => ({ personId: row.person_id, name: row.name })),
)

const logFields = {
  id: v.string(),
  kind,
  happened_at: timeField,
  minutes: v.number(),
  note: text,
  helped_count: v.number(),
  helped: v.array(named),
  status: v.picklist(DUTY_STATUSES),
  submitted_at: timeField,
  return_reason: text,
  grid_id: text,
  building_id: text,
  grid: text,
  place: text,
  photos: v.array(
    v.object({
      id: v.string(),
      kind: v.picklist(['photo', 'voice']),
      words: v.nullable(v.string()),
      seconds: v.nullable(v.number()),
    }),
  ),
  drafts: v.array(v.object({ kind: v.picklist(['ticket', 'wish']), text: v.string() })),
}
const logSchema = v.object(logFields)

function toLog(row: v.InferOutput<typeof logSchema>) {
  return {
    id: row.id,
    kind: row.kind,
    happenedAt: row.happened_at,
    minutes: row.minutes,
    note: row.note,
    helpedCount: row.helped_count,
    helped: row.helped,
    status: row.status,
    submittedAt: row.submitted_at,
    returnReason: row.return_reason,
    gridId: row.grid_id,
    buildingId: row.building_id,
    grid: row.grid,
    place: row.place || null,
    photos: row.photos,
    drafts: row.drafts,
  }
}
export type DutyLog = ReturnType<typeof toLog>

export const myDutiesSchema = v.pipe(
  v.object({
    month: v.string(),
    member_kind: v.picklist(['managed', 'in_service', 'floating']),
    is_exempt: v.boolean(),
    branch: text,
    posts: v.array(v.object({ post: v.string(), grid: text, place: text, grid_id: text, building_id: text })),
    owed: v.array(
      v.object({ kind, times: v.number(), minutes: v.number(), verified: v.number(), waiting: v.number() }),
    ),
    logs: v.array(v.pipe(logSchema, v.transform(toLog))),
    last: v.nullable(v.object({ kind, minutes: v.number(), grid_id: text, building_id: text })),
    places: v.array(
      v.object({
        grid_id: v.string(),
        grid: v.string(),
        buildings: v.array(v.object({ id: v.string(), name: v.string() })),
      }),
    ),
    people: v.array(named),
  }),
  v.transform((row) => ({
    month: row.month,
    memberKind: row.member_kind,
    isExempt: row.is_exempt,
    branch: row.branch,
    posts: row.posts.map((p) => ({
      post: p.post,
      grid: p.grid,
      place: p.place || null,
      gridId: p.grid_id,
      buildingId: p.building_id,
    })),
    owed: row.owed,
    logs: row.logs,
    last: row.last && {
      kind: row.last.kind,
      minutes: row.last.minutes,
      gridId: row.last.grid_id,
      buildingId: row.last.building_id,
    },
    places: row.places.map((p) => ({ gridId: p.grid_id, grid: p.grid, buildings: p.buildings })),
    people: row.people,
  })),
)
export type MyDuties = v.InferOutput<typeof myDutiesSchema>
export type DutyOwed = MyDuties['owed'][number]

export const verifyListSchema = v.pipe(
  v.object({
    logs: v.array(
      v.pipe(
        v.object({ ...logFields, person_id: v.string(), name: v.string(), why_not: text }),
        v.transform((row) => ({ ...toLog(row), personId: row.person_id, name: row.name, whyNot: row.why_not })),
      ),
    ),
  }),
  v.transform((answer) => answer.logs),
)
export type ReviewedLog = v.InferOutput<typeof verifyListSchema>[number]

export const POSTS = [
  'grid_delegate',
  'publicist',
  'hygienist',
  'safety_officer',
  'mediator',
  'professional_post',
  'service_post',
] as const

export const dutyRulesSchema = v.array(
  v.pipe(
    v.object({
      code: v.string(),
      effective_from: v.string(),
      duty_rules: v.array(
        v.object({ post: v.picklist(POSTS), kind, times_per_month: v.number(), minutes: v.number() }),
      ),
    }),
    v.transform((row) => ({
      code: row.code,
      from: row.effective_from,
      rules: row.duty_rules.map((r) => ({ post: r.post, kind: r.kind, times: r.times_per_month, minutes: r.minutes })),
    })),
  ),
)
export type DutyRules = v.InferOutput<typeof dutyRulesSchema>[number]
export type DutyRule = DutyRules['rules'][number]
