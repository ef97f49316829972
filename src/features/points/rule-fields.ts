import type { KnownRule } from './explain'
import { ruleKey } from './explain'
import type { PointRule, RuleChanges } from './ledger'

/** One number of a rule that a version may change: where it is kept, how it is called, and its bounds. */
export interface RuleField {
  rule: KnownRule | 'other'
  name: string
  /** Locale key below `points.rules.field`. */
  label: string
  value: number
  min: number
  max: number
  by: number
}

const COLUMNS = [
  { name: 'points_per_half_hour', min: 0, max: 100, by: 1 },
  { name: 'multiplier', min: 1, max: 5, by: 0.1 },
  { name: 'max_minutes_per_day', min: 30, max: 480, by: 30 },
  { name: 'cap_times', min: 0, max: 1000, by: 1 },
  { name: 'cap_points', min: 0, max: 10_000, by: 5 },
] as const
const DATA = [
  { name: 'day', min: 1, max: 28, by: 1 },
  { name: 'min_times', min: 1, max: 365, by: 1 },
  { name: 'min_minutes', min: 1, max: 6000, by: 30 },
  { name: 'within_days', min: 1, max: 365, by: 1 },
  { name: 'freeze_days', min: 1, max: 365, by: 5 },
] as const
const KINDS = ['service', 'companionship', 'goods'] as const

/** The numbers of a rule, those it has, in the order one reads them. */
export function fieldsOf(rule: PointRule): RuleField[] {
  const key = ruleKey(rule.code)
  const field = (name: string, value: unknown, bounds: { min: number; max: number; by: number }, label = name) =>
    typeof value === 'number'
      ? [{ rule: key, name, label, value, min: bounds.min, max: bounds.max, by: bounds.by }]
      : []
  const byKind = (rule.data['points_by_kind'] ?? {}) as Record<string, unknown>
  const deducts = rule.kind === 'deduction'
  return [
    ...KINDS.flatMap((kind) => field(kind, byKind[kind], { min: 0, max: 1000, by: 5 }, `kind_${kind}`)),
    ...(Object.keys(byKind).length > 0
      ? []
      : field('points', rule.points, { min: deducts ? -1000 : 0, max: deducts ? 0 : 1000, by: 1 })),
    ...COLUMNS.flatMap((column) =>
      field(
        column.name,
        rule[column.name],
        column,
        column.name.startsWith('cap_') ? `${column.name}_${rule.cap_period ?? 'year'}` : column.name,
      ),
    ),
    ...DATA.flatMap((one) => field(one.name, rule.data[one.name], one)),
  ]
}

/** Only what differs from the rules as they are. */
export function changesOf(rules: readonly PointRule[], values: Record<string, number | null>): RuleChanges {
  const changes: RuleChanges = {}
  for (const rule of rules)
    for (const field of fieldsOf(rule)) {
      const value = values[`${rule.code}.${field.name}`]
      if (value !== undefined && value !== null && value !== field.value)
        changes[rule.code] = { ...changes[rule.code], [field.name]: value }
    }
  return changes
}
