import type { NominationStatus } from '@/lib/awards'
import type { Candidate, Cycle, CycleBoard, CycleStatus, GateLine, ScoreLine } from './schema'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'brand'

export const STATUS_TONES: Record<NominationStatus, Tone> = {
  nominated: 'info',
  declined: 'neutral',
  qualified: 'info',
  unqualified: 'neutral',
  shortlisted: 'brand',
  passed_over: 'neutral',
  publicity: 'brand',
  granted: 'success',
  withheld: 'warning',
}

/** The steps a screen shows: publicity and its objections are one stretch of time. */
export const SHOWN_STEPS = ['drafting', 'collecting', 'scored', 'panel', 'publicity', 'confirmed', 'archived'] as const
export type ShownStep = (typeof SHOWN_STEPS)[number]

export function shownStep(status: CycleStatus): number {
  const shown = { locked: 'scored', objections: 'publicity' }[status as string] ?? status
  return SHOWN_STEPS.indexOf(shown as ShownStep)
}

/** The status as a screen names it: one that was confirmed and honours nobody has ended, nothing was granted. */
export const statusWord = ({
  status,
  granted,
  sees_counts: counts,
}: Pick<Cycle, 'status' | 'granted' | 'sees_counts'>) =>
  status === 'confirmed' && counts && granted === 0 ? ('ended' as const) : status

export type NextAct =
  | 'name_panel'
  | 'open_cycle'
  | 'lock_cycle'
  | 'score_cycle'
  | 'publish_notice'
  | 'confirm_cycle'
  | 'archive_cycle'
  | null

/**
 * What comes next for whoever runs the cycle, and why it does not go yet. The server decides; this only says it before.
 */
export function nextAct({
  cycle,
  notice,
  objections,
  today,
}: Pick<CycleBoard, 'cycle' | 'notice' | 'objections' | 'today'>): {
  act: NextAct
  waits: 'panel' | 'until' | 'decide' | 'sign' | 'notice' | 'objections' | 'upheld' | null
} {
  switch (cycle.status) {
    case 'drafting':
      return cycle.panel < cycle.quorum ? { act: 'name_panel', waits: 'panel' } : { act: 'open_cycle', waits: null }
    case 'collecting':
      return cycle.panel < cycle.quorum
        ? { act: 'name_panel', waits: 'panel' }
        : { act: 'lock_cycle', waits: today <= cycle.collect_until ? 'until' : null }
    case 'locked':
      return { act: 'score_cycle', waits: null }
    case 'scored':
    case 'panel':
      return {
        act: 'publish_notice',
        waits:
          cycle.undecided > 0
            ? 'decide'
            : // Where nobody met the gates there is no sheet to sign.
              cycle.status === 'panel' && cycle.signatures < cycle.quorum
              ? 'sign'
              : null,
      }
    case 'publicity':
    case 'objections':
      return {
        act: 'confirm_cycle',
        waits: notice?.is_open
          ? 'notice'
          : (notice?.open_objections ?? 0) > 0
            ? 'objections'
            : objections.some((one) => one.holds)
              ? 'upheld'
              : null,
      }
    case 'confirmed':
      return { act: 'archive_cycle', waits: null }
    default:
      return { act: null, waits: null }
  }
}

/** The times an award can be of: this and the last year, or the last four quarters; and the one it is of now. */
export function periodsToChoose(span: 'year' | 'quarter', today: string, now?: string): string[] {
  const year = Number(today.slice(0, 4))
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3)
  const values =
    span === 'year'
      ? [`${year}`, `${year - 1}`]
      : [0, 1, 2, 3].map((back) => {
          const n = year * 4 + quarter - 1 - back
          return `${Math.floor(n / 4)}-Q${(n % 4) + 1}`
        })
  return now === undefined || values.includes(now) ? values : [...values, now]
}

/** What a line adds to the score: its value times its weight. */
export const partOf = ({ value, weight }: Pick<ScoreLine, 'value' | 'weight'>) =>
  value === null ? null : Math.round(value * weight) / 100

/** The parameters of the sentence that explains a line. */
export function lineWords({ inputs, params }: Pick<ScoreLine, 'inputs' | 'params'>): Record<string, string | number> {
  const hours = (minutes: unknown) => Math.round((Number(minutes ?? 0) / 60) * 10) / 10
  const n = Number(inputs['n'] ?? 0)
  return {
    hours: hours(inputs['minutes']),
    p90: hours(inputs['p90_minutes']),
    records: Number(inputs['records'] ?? 0),
    months: Number(inputs['months'] ?? 0),
    of: Number(inputs['of'] ?? 0),
    n,
    average: n && inputs['total'] !== undefined ? Math.round((Number(inputs['total']) / n) * 100) / 100 : '—',
    wishes: Number(inputs['wishes'] ?? 0),
    visits: Number(inputs['visits'] ?? 0),
    emergencies: Number(inputs['emergencies'] ?? 0),
    confirmed: Number(inputs['confirmed'] ?? 0),
    no_shows: Number(inputs['no_shows'] ?? 0),
    score: Number(inputs['score'] ?? 0),
    below: Number(inputs['below'] ?? 0),
    others: Number(inputs['others'] ?? 0),
    prior: params['prior'] ?? 0,
    prior_n: params['prior_n'] ?? 0,
    wish: params['wish'] ?? 0,
    visit: params['visit'] ?? 0,
    emergency: params['emergency'] ?? 0,
    full: params['full'] ?? 0,
  }
}

/** A corps that has somebody qualified and nobody on the list yet. */
export function corpsWithoutOne(candidates: readonly Candidate[]): string[] {
  const named = new Set<string>()
  const listed = new Set<string>()
  for (const one of candidates) {
    if (!one.corps_name) continue
    if (['qualified', 'shortlisted', 'passed_over'].includes(one.status)) named.add(one.corps_name)
    if (one.status === 'shortlisted') listed.add(one.corps_name)
  }
  return [...named].filter((name) => !listed.has(name))
}

/** Weights of an editor: together 100 or how much is missing. */
export const weightSum = (weights: Record<string, number | null>) =>
  Object.values(weights).reduce<number>((sum, weight) => sum + (weight ?? 0), 0)

/** The parameters of what a gate misses. */
export function gateWords({ needed, found }: GateLine): Record<string, string | number> {
  const number = (value: unknown) => (typeof value === 'number' ? value : 0)
  return {
    needed: number(needed),
    found: number(found),
    needed_hours: number(needed) / 60,
    found_hours: Math.round((number(found) / 60) * 10) / 10,
  }
}

/** Whether every mark that is asked for is there. */
export const isMarked = (marks: Record<string, number>, dimensions: Record<string, number> | null) =>
  Object.keys(dimensions ?? { overall: 100 }).every((key) => (marks[key] ?? 0) > 0)
