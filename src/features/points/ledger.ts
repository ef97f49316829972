import { timeField } from '@/lib/parse'
import * as v from 'valibot'

const optionalText = v.optional(v.nullable(v.string()), null)
const optionalTime = v.optional(v.nullable(timeField), null)

export const STATEMENT_KINDS = ['all', 'earned', 'spent', 'taken'] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]

/** Points now: what can be spent, what an order holds, what is owed, what ends when. */
export const myPointsSchema = v.pipe(
  v.object({
    available: v.number(),
    held: v.number(),
    debt: v.number(),
    frozen_until: optionalTime,
    worth_fen: v.number(),
    ruleset: optionalText,
    next_ruleset: v.optional(v.nullable(v.object({ code: v.string(), effective_from: v.string() })), null),
    lots: v.array(v.object({ expires_at: timeField, remaining: v.number(), held: v.number() })),
  }),
  v.transform((row) => ({
    available: row.available,
    held: row.held,
    debt: row.debt,
    frozenUntil: row.frozen_until,
    worthFen: row.worth_fen,
    ruleset: row.ruleset,
    nextRuleset: row.next_ruleset && { code: row.next_ruleset.code, from: row.next_ruleset.effective_from },
    lots: row.lots.map((lot) => ({ expiresAt: lot.expires_at, remaining: lot.remaining, held: lot.held })),
  })),
)
export type MyPoints = v.InferOutput<typeof myPointsSchema>

/** What a rule saw; which of it is there depends on the rule. */
const inputsSchema = v.record(v.string(), v.unknown())
export type EntryInputs = v.InferOutput<typeof inputsSchema>

export const entrySchema = v.pipe(
  v.object({
    id: v.string(),
    rule_code: v.string(),
    ruleset_code: v.string(),
    source_kind: v.string(),
    amount: v.number(),
    points: v.number(),
    debt_change: v.number(),
    occurred_on: v.string(),
    posted_at: timeField,
    balance_after: v.number(),
    inputs: inputsSchema,
    reverses_id: optionalText,
    is_reversed: v.boolean(),
    expires_at: optionalTime,
    remaining: v.optional(v.nullable(v.number()), null),
    title: optionalText,
    record_id: optionalText,
    by: optionalText,
    reason: optionalText,
    dispute: v.optional(
      v.nullable(
        v.object({ status: v.picklist(['open', 'accepted', 'declined']), text: optionalText, answer: optionalText }),
      ),
      null,
    ),
  }),
  v.transform((row) => ({
    id: row.id,
    ruleCode: row.rule_code,
    rulesetCode: row.ruleset_code,
    sourceKind: row.source_kind,
    /** What the rule says. */
    amount: row.amount,
    /** What moved on the balance; the rest became or paid a debt. */
    points: row.points,
    debtChange: row.debt_change,
    occurredOn: row.occurred_on,
    postedAt: row.posted_at,
    balanceAfter: row.balance_after,
    inputs: row.inputs,
    reversesId: row.reverses_id,
    isReversed: row.is_reversed,
    expiresAt: row.expires_at,
    remaining: row.remaining,
    title: row.title,
    recordId: row.record_id,
    by: row.by,
    reason: row.reason,
    dispute: row.dispute,
  })),
)
export type PointEntry = v.InferOutput<typeof entrySchema>

export const statementSchema = v.object({ years: v.array(v.number()), entries: v.array(entrySchema) })
export type PointStatement = v.InferOutput<typeof statementSchema>

/** One person's account as the office sees it after a look that was logged. */
export const personLedgerSchema = v.object({
  name: v.string(),
  available: v.number(),
  held: v.number(),
  debt: v.number(),
  entries: v.array(entrySchema),
})
export type PersonLedger = v.InferOutput<typeof personLedgerSchema>

export const ruleSchema = v.object({
  code: v.string(),
  kind: v.picklist(['service', 'multiplier', 'bonus', 'award', 'deduction']),
  points: v.nullable(v.number()),
  points_per_half_hour: v.nullable(v.number()),
  multiplier: v.nullable(v.number()),
  max_minutes_per_day: v.nullable(v.number()),
  cap_period: v.nullable(v.picklist(['month', 'quarter', 'year'])),
  cap_times: v.nullable(v.number()),
  cap_points: v.nullable(v.number()),
  data: inputsSchema,
})
export type PointRule = v.InferOutput<typeof ruleSchema>
/** Numbers of rules that a version changes: `{ V01: { points_per_half_hour: 6 } }`. */
export type RuleChanges = Record<string, Record<string, number>>

export const deskSchema = v.object({
  is_secretary: v.boolean(),
  rulesets: v.array(v.object({ id: v.string(), code: v.string(), effective_from: v.string() })),
  in_force: optionalText,
  rules: v.array(ruleSchema),
  earliest: v.string(),
  drafts: v.array(
    v.object({
      id: v.string(),
      code: v.string(),
      effective_from: v.string(),
      changes: v.record(v.string(), v.record(v.string(), v.number())),
      is_mine: v.boolean(),
      by: v.string(),
      proposed_at: timeField,
    }),
  ),
  adjustments: v.array(
    v.object({
      id: v.string(),
      points: v.number(),
      reason: optionalText,
      name: v.string(),
      is_mine: v.boolean(),
      is_about_me: v.boolean(),
      by: v.string(),
      proposed_at: timeField,
    }),
  ),
  disputes: v.array(
    v.object({
      id: v.string(),
      text: optionalText,
      name: v.string(),
      is_about_me: v.boolean(),
      raised_at: timeField,
      entry_id: v.string(),
      rule_code: v.string(),
      amount: v.number(),
      occurred_on: v.string(),
      can_reverse: v.boolean(),
    }),
  ),
  activities: v.array(v.object({ id: v.string(), title: v.string(), starts_at: timeField, is_emergency: v.boolean() })),
})
export type PointsDesk = v.InferOutput<typeof deskSchema>

export const simulationSchema = v.object({
  people: v.number(),
  gain: v.number(),
  lose: v.number(),
  before: v.number(),
  after: v.number(),
  from: v.string(),
  to: v.string(),
  worth_fen: v.number(),
  rules: v.array(v.object({ code: v.string(), before: v.number(), after: v.number() })),
  persons: v.array(v.object({ person_id: v.string(), name: v.string(), before: v.number(), after: v.number() })),
})
export type Simulation = v.InferOutput<typeof simulationSchema>

/** The fund of the year against what was redeemed this year and what is outstanding, in points. */
export const fundSchema = v.object({
  yuan: v.number(),
  worth_fen: v.number(),
  outstanding: v.number(),
  redeemed: v.number(),
  left_fen: v.nullable(v.number()),
})
export type Fund = v.InferOutput<typeof fundSchema>

export const reportSchema = v.object({
  year: v.number(),
  opening: v.number(),
  months: v.nullable(
    v.array(
      v.object({
        month: v.string(),
        issued: v.number(),
        redeemed: v.number(),
        expired: v.number(),
        deducted: v.number(),
        adjusted: v.number(),
        outstanding: v.number(),
      }),
    ),
  ),
  outstanding: v.number(),
  held: v.number(),
  debt: v.number(),
  expiring: v.array(v.object({ expires_at: timeField, points: v.number() })),
  worth_fen: v.number(),
  fund: fundSchema,
  can_close: v.boolean(),
  close: v.nullable(v.object({ closed_at: timeField, hash: v.string(), by: v.string(), is_true: v.boolean() })),
})
export type PointReport = v.InferOutput<typeof reportSchema>
