import type { Method } from '@/lib/awards'
import { formatHours } from '@/lib/time'
import type { GateLine, Nomination, ScoreLine } from './schema'

type Translate = (key: string, params?: Record<string, string | number>) => string

const number = (value: unknown): number => (typeof value === 'number' ? value : Number(value ?? 0))
const round = (value: number) => Math.round(value * 10) / 10

/** What a line adds to the score: its value times its weight. */
export function pointsOf(line: ScoreLine): number | null {
  return line.value === null ? null : round((line.value * line.weight) / 100)
}

const OPINIONS: Method[] = ['sample', 'peers', 'committee', 'rating']

/** What a line saw, in words of the locale. */
export function lineWords({ indicator, inputs, value }: ScoreLine, t: Translate): string {
  const n = (name: string) => number(inputs[name])
  if (OPINIONS.includes(indicator)) {
    if (value === null && n('n') > 0) return t('awards.line.closed')
    if (n('n') === 0) return t(indicator === 'rating' ? 'awards.line.rating_none' : 'awards.line.opinions_none')
    return t('awards.line.opinions', { n: n('n'), mean: round(n('total') / n('n')) })
  }
  switch (indicator) {
    case 'hours':
      return t('awards.line.hours', { hours: formatHours(n('minutes')), p90: formatHours(n('p90_minutes')) })
    case 'months':
      return t('awards.line.months', { n: n('months'), of: n('of') })
    case 'deeds':
      return t('awards.line.deeds', { wishes: n('wishes'), visits: n('visits'), emergencies: n('emergencies') })
    case 'reliability':
      return t('awards.line.reliability', { confirmed: n('confirmed'), no_shows: n('no_shows') })
    case 'party_score':
      return t('awards.line.party_score', { score: round(n('score')) })
    default:
      return t('awards.line.hours_percentile', { below: n('below'), others: n('others') })
  }
}

/** What a gate asks, in words of the locale; null for one that this version does not know. */
export function gateWords(gate: string, needed: unknown, t: Translate): string | null {
  switch (gate) {
    case 'minutes':
      return t('awards.gate.minutes', { n: formatHours(number(needed)) })
    case 'months':
      return t('awards.gate.months', { n: number(needed) })
    case 'sample':
      return t('awards.gate.sample', { n: number(needed) })
    case 'consent':
      return t('awards.gate.consent')
    case 'no_veto':
      return t('awards.gate.no_veto')
    case 'year_closed':
      return t('awards.gate.year_closed')
    default:
      return null
  }
}

/** What was found against a gate that asks for a number; null for a yes or no. */
export function foundWords({ gate, found }: GateLine, t: Translate): string | null {
  if (gate === 'minutes') return t('awards.hours', { n: formatHours(number(found)) })
  return gate === 'months' || gate === 'sample' ? String(number(found)) : null
}

/** What the nominee is to do next, or where it stands. */
export function stageOf(one: Nomination): string {
  if (one.award) return one.award.status
  if (one.status === 'nominated')
    return one.accepted ? (one.cycle_status === 'collecting' ? 'accepted' : 'reviewing') : 'asked'
  return one.status
}

/** A code to be written down: XXXX-XXXX-… */
export function groupedCode(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/(.{4})(?=.)/g, '$1-')
}
