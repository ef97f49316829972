import { AWARD_KINDS, METHODS, NOMINATION_STATUSES } from '@/lib/awards'
import { CORPS_COLORS } from '@/lib/corps'
import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)
const optionalTime = v.optional(v.nullable(timeField), null)
const optionalNumber = v.optional(v.nullable(v.number()), null)

export const STEPS = [
  'drafting',
  'collecting',
  'locked',
  'scored',
  'panel',
  'publicity',
  'objections',
  'confirmed',
  'archived',
] as const
export type CycleStatus = (typeof STEPS)[number]

export const DIMENSIONS = ['morality', 'ability', 'diligence', 'performance', 'integrity'] as const
const dimensions = v.optional(v.nullable(v.record(v.string(), v.number())), null)

const formula = v.object({
  id: v.string(),
  kind: v.picklist(AWARD_KINDS),
  code: v.string(),
  gates: v.record(v.string(), v.union([v.number(), v.boolean()])),
  quota: v.record(v.string(), v.number()),
  dimensions,
  published_at: timeField,
  indicators: v.array(
    v.object({ method: v.picklist(METHODS), weight: v.number(), params: v.record(v.string(), v.number()) }),
  ),
})
export type Formula = v.InferOutput<typeof formula>

const cycle = v.object({
  id: v.string(),
  kind: v.picklist(AWARD_KINDS),
  period: v.string(),
  status: v.picklist(STEPS),
  first_day: v.string(),
  last_day: v.string(),
  collect_until: v.string(),
  decide_until: v.string(),
  quorum: v.number(),
  active: optionalNumber,
  quota: optionalNumber,
  planned_at: timeField,
  opened_at: optionalTime,
  locked_at: optionalTime,
  scored_at: optionalTime,
  confirmed_at: optionalTime,
  archived_at: optionalTime,
  snapshot_hash: optionalText,
  seal: optionalText,
  panel: v.number(),
  signatures: v.number(),
  may_run: v.boolean(),
  is_panel: v.boolean(),
  has_stake: v.boolean(),
  /** Whether the numbers below are told to the caller. */
  sees_counts: v.optional(v.boolean(), false),
  nominated: v.number(),
  declined: v.number(),
  accepted: v.number(),
  undecided: v.number(),
  unqualified: v.number(),
  shortlisted: v.number(),
  granted: v.number(),
  withheld: v.number(),
})
export type Cycle = v.InferOutput<typeof cycle>

const bound = v.object({ min: v.number(), max: v.number(), default: v.number() })
const kindInfo = v.object({
  kind: v.picklist(AWARD_KINDS),
  span: v.picklist(['year', 'quarter']),
  subject: v.picklist(['volunteer', 'member', 'worker', 'family', 'unit']),
  is_ranked: v.boolean(),
  methods: v.array(v.picklist(METHODS)),
})
export type KindInfo = v.InferOutput<typeof kindInfo>
const methodInfo = v.object({
  method: v.picklist(METHODS),
  max_weight: v.number(),
  params: v.record(v.string(), bound),
})
export type MethodInfo = v.InferOutput<typeof methodInfo>

export const deskSchema = v.object({
  today: v.string(),
  cycles: v.array(cycle),
  kinds: v.nullable(v.array(kindInfo)),
  methods: v.array(methodInfo),
  quorum_min: v.optional(v.number(), 2),
  formulas: v.array(formula),
})
export type AppraisalDesk = v.InferOutput<typeof deskSchema>

const line = v.object({
  indicator: v.picklist(METHODS),
  weight: v.number(),
  params: v.record(v.string(), v.number()),
  inputs: v.record(v.string(), v.union([v.number(), v.boolean()])),
  value: optionalNumber,
})
export type ScoreLine = v.InferOutput<typeof line>

const gate = v.object({
  gate: v.picklist(['consent', 'minutes', 'months', 'sample', 'year_closed', 'no_veto']),
  needed: v.union([v.number(), v.boolean()]),
  found: v.union([v.number(), v.boolean(), v.array(v.string())]),
  ok: v.boolean(),
})
export type GateLine = v.InferOutput<typeof gate>

const decision = v.object({
  decision: v.picklist(['shortlist', 'pass_over']),
  differs: v.boolean(),
  reason: optionalText,
  revision: v.number(),
  decided_at: timeField,
  decided_by: optionalText,
})

const award = v.optional(
  v.nullable(v.object({ id: v.string(), status: v.picklist(['granted', 'revoked']), revoked_why: optionalText })),
  null,
)

const candidate = v.object({
  id: v.string(),
  person_id: v.string(),
  name: v.string(),
  title: optionalText,
  reason: optionalText,
  status: v.picklist(NOMINATION_STATUSES),
  grid_name: optionalText,
  compound_name: optionalText,
  corps_name: optionalText,
  corps_color: v.optional(v.nullable(v.picklist(CORPS_COLORS)), null),
  accepted: v.boolean(),
  shows_full_name: v.boolean(),
  has_statement: v.boolean(),
  peers: v.number(),
  committee: v.number(),
  sample: v.number(),
  score: optionalNumber,
  is_proposed: v.optional(v.nullable(v.boolean()), null),
  passes_gates: v.optional(v.nullable(v.boolean()), null),
  decision: v.optional(v.nullable(decision), null),
  award,
  ended_why: optionalText,
})
export type Candidate = v.InferOutput<typeof candidate>

const objection = v.object({
  id: v.string(),
  nomination_id: optionalText,
  about: optionalText,
  text: v.string(),
  filed_at: timeField,
  due_on: v.string(),
  is_overdue: v.boolean(),
  status: v.picklist(['open', 'upheld', 'dismissed']),
  answer: optionalText,
  answered_at: optionalTime,
  answered_by: optionalText,
  has_contact: v.boolean(),
  may_answer: v.boolean(),
  may_set_aside: v.optional(v.boolean(), false),
  /** Upheld about the whole notice, and nothing followed from it yet. */
  holds: v.optional(v.boolean(), false),
  set_aside_why: optionalText,
})
export type Objection = v.InferOutput<typeof objection>

export const boardSchema = v.object({
  today: v.string(),
  cycle,
  is_ranked: v.boolean(),
  sees_scores: v.boolean(),
  formula,
  panel: v.nullable(
    v.array(v.object({ person_id: v.string(), name: v.string(), is_me: v.boolean(), signed_at: optionalTime })),
  ),
  notice: v.nullable(
    v.object({
      id: v.string(),
      first_day: v.string(),
      last_day: v.string(),
      is_open: v.boolean(),
      open_objections: v.number(),
      objections: v.number(),
    }),
  ),
  objections: v.array(objection),
  candidates: v.array(candidate),
})
export type CycleBoard = v.InferOutput<typeof boardSchema>

const trace = v.object({ id: v.string(), day: v.string(), title: v.string() })

export const dossierSchema = v.object({
  id: v.string(),
  is_own: v.boolean(),
  cycle,
  unit_name: v.string(),
  formula,
  name: v.string(),
  title: optionalText,
  reason: optionalText,
  status: v.picklist(NOMINATION_STATUSES),
  ended_why: optionalText,
  is_proposed: v.optional(v.nullable(v.boolean()), null),
  volunteer_no: optionalText,
  grid_name: optionalText,
  corps: v.nullable(v.object({ name: v.string(), color: v.picklist(CORPS_COLORS) })),
  nominated_at: timeField,
  nominated_by: optionalText,
  consent: v.nullable(
    v.object({
      given_at: timeField,
      given_via: v.picklist(['self', 'helper', 'paper']),
      shows_full_name: v.boolean(),
      withdrawn_at: optionalTime,
    }),
  ),
  statement: v.nullable(v.object({ body: v.string(), written_at: timeField })),
  score: optionalNumber,
  lines: v.array(line),
  gates: v.array(gate),
  decisions: v.array(decision),
  opinions: v.array(
    v.object({
      source: v.picklist(['peers', 'committee', 'sample']),
      marks: v.record(v.string(), v.number()),
      mark: v.number(),
      words: optionalText,
    }),
  ),
  records: v.array(
    v.object({
      id: v.string(),
      service_date: v.string(),
      title: v.string(),
      minutes: v.number(),
      provenance: v.string(),
      is_reversal: v.boolean(),
      is_later: v.boolean(),
      is_emergency: v.boolean(),
    }),
  ),
  wishes: v.array(trace),
  no_shows: v.array(trace),
  award,
})
export type CandidateDossier = v.InferOutput<typeof dossierSchema>

const wantedOpinion = v.object({
  id: v.string(),
  kind: v.picklist(AWARD_KINDS),
  period: v.string(),
  collect_until: v.string(),
  source: v.picklist(['peers', 'committee']),
  dimensions,
  name: v.string(),
  title: optionalText,
  reason: optionalText,
  grid_name: optionalText,
  corps_name: optionalText,
  corps_color: v.optional(v.nullable(v.picklist(CORPS_COLORS)), null),
  marks: v.optional(v.nullable(v.record(v.string(), v.number())), null),
  words: optionalText,
})
export type WantedOpinion = v.InferOutput<typeof wantedOpinion>
export const opinionsSchema = v.object({ nominees: v.array(wantedOpinion), panels: v.array(cycle) })

export const proposalsSchema = v.array(
  v.object({
    person_id: v.string(),
    name: v.string(),
    grid_name: optionalText,
    minutes: v.number(),
    months: v.number(),
  }),
)
export type Proposal = v.InferOutput<typeof proposalsSchema>[number]

export const sampleCodesSchema = v.object({ made: v.number(), used: v.number(), codes: v.array(v.string()) })

export const sampleFormSchema = v.object({
  community_name: v.string(),
  kind: v.picklist(AWARD_KINDS),
  period: v.string(),
  used: v.boolean(),
  is_over: v.boolean(),
  dimensions,
  until: v.string(),
  label: optionalText,
  grid_name: optionalText,
  corps_name: optionalText,
  corps_color: v.optional(v.nullable(v.picklist(CORPS_COLORS)), null),
})
export type SampleForm = v.InferOutput<typeof sampleFormSchema>

export const sealSchema = v.object({
  seal: v.string(),
  is_whole: v.boolean(),
  broken: v.array(v.string()),
  erased_texts: v.number(),
  sealed_at: timeField,
})

export const exportSchema = v.object({
  formula,
  rows: v.array(
    v.object({
      name: v.string(),
      title: optionalText,
      volunteer_no: optionalText,
      grid_name: optionalText,
      corps_name: optionalText,
      status: v.picklist(NOMINATION_STATUSES),
      reason: optionalText,
      accepted: v.boolean(),
      statement: optionalText,
      score: optionalNumber,
      lines: v.array(line),
      gates: v.array(gate),
      is_proposed: v.optional(v.nullable(v.boolean()), null),
      decision: v.nullable(
        v.object({
          decision: v.picklist(['shortlist', 'pass_over']),
          differs: v.boolean(),
          reason: optionalText,
          decided_at: timeField,
        }),
      ),
      award: v.nullable(v.object({ status: v.picklist(['granted', 'revoked']), granted_on: v.string() })),
    }),
  ),
})
export type CycleExport = v.InferOutput<typeof exportSchema>
