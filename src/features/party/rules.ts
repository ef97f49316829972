import type { Block, BranchScores, Desk, DeskMember, MeetingKind, Score, ScoredMember, ScoreLine } from './schema'

/** Points as people read them: at most two decimals, no trailing zeros. */
export const pointsText = (points: number): string => String(Math.round(points * 100) / 100)
export const signed = (points: number): string => (points > 0 ? `+${pointsText(points)}` : pointsText(points))

export interface ScoreBlock {
  block: Block
  points: number
  /** Sum of the most its lines can bring; null where there is no limit. */
  max: number | null
  lines: ScoreLine[]
}

const ORDER: Block[] = ['A', 'B', 'scale', 'C', 'extra', 'less', 'decision']

/** The lines by block. Deductions and decisions are shown only when there are any. */
export function blocksOf(score: Score): ScoreBlock[] {
  return ORDER.flatMap((block) => {
    const lines = score.lines.filter((l) => l.block === block)
    if (lines.length === 0) return []
    const isQuiet = (block === 'less' || block === 'decision') && lines.every((l) => l.months.length === 0)
    if (isQuiet) return []
    const points = lines.reduce((sum, l) => sum + l.points, 0)
    const max = lines.every((l) => l.max !== null) ? lines.reduce((sum, l) => sum + (l.max ?? 0), 0) : null
    return [{ block, points, max: block === 'extra' ? 10 : max, lines }]
  })
}

/** Of several members those whose dues of the month are still to be noted (in service they pay at their unit); of one, that one: a day may be corrected. */
export const duesToNote = (people: readonly DeskMember[], paid: Record<string, string | null>): readonly DeskMember[] =>
  people.length === 1 ? people : people.filter((m) => m.memberKind !== 'in_service' && !paid[m.personId])

/** What a meeting is called in a list: its kind and its title, the kind once. */
export const meetingName = (kind: string, title: string): string =>
  title.startsWith(kind) ? title : `${kind} · ${title}`

/** The quarter of a day `YYYY-MM-DD`, 1–4. */
export const quarterOf = (day: string): number => Math.ceil(Number(day.slice(5, 7)) / 3)

export type QuarterState = 'confirmed' | 'open' | 'blocked' | 'running'

export interface QuarterCard {
  quarter: number
  state: QuarterState
  /** Members that can be confirmed by me now. */
  left: number
  confirmed: number
  behind: number
  openLogs: number
  ownOpen: boolean
}

/** The four quarters of a year as the branch sees them on `today`. */
export function quarterCards(scores: BranchScores, today: string): QuarterCard[] {
  const has = (m: ScoredMember, quarter: number) => m.quarters.find((q) => q.quarter === quarter)
  return [1, 2, 3, 4].map((quarter) => {
    // Whoever was a member at its end and not exempt for it.
    const due = scores.members.filter((m) => m.due.includes(quarter))
    const others = due.filter((m) => m.personId !== scores.me)
    const left = others.filter((m) => !has(m, quarter))
    const over = scores.year < Number(today.slice(0, 4)) || quarter < quarterOf(today)
    const earlierOpen = left.some((m) => m.due.some((before) => before < quarter && !has(m, before)))
    const state: QuarterState = !over ? 'running' : left.length === 0 ? 'confirmed' : earlierOpen ? 'blocked' : 'open'
    return {
      quarter,
      state,
      left: left.length,
      confirmed: due.filter((m) => has(m, quarter)).length,
      behind: due.filter((m) => has(m, quarter)?.isBehind).length,
      openLogs: scores.openLogs[String(quarter)] ?? 0,
      ownOpen: due.some((m) => m.personId === scores.me && !has(m, quarter)),
    }
  })
}

/** The year that waits to be confirmed and closed in a month `YYYY-MM-DD`: to the end of March the last one. */
export const yearAtWork = (month: string): number => Number(month.slice(0, 4)) - (quarterOf(month) === 1 ? 1 : 0)

/** What stands between a branch and the end of a year, in the order in which it is cleared. */
export interface YearClose {
  quartersLeft: number
  /** Members (never oneself) whose 民主评议 is not written down. */
  reviewsMissing: ScoredMember[]
  /** Open objections to the year's quarters. */
  objections: number
  /** The last day on which an objection may still come; null when it has passed. */
  until: string | null
  /** Members to be closed by me. */
  left: number
  isReady: boolean
}

/** Null where there is nothing to close: the year is not over, or everybody is. */
export function yearClose(scores: BranchScores, today: string): YearClose | null {
  if (scores.year >= Number(today.slice(0, 4))) return null
  const others = scores.members.filter((m) => m.closes && !m.band && m.personId !== scores.me)
  if (others.length === 0) return null
  const quartersLeft = quarterCards(scores, today).filter((card) => card.left > 0).length
  const reviewsMissing = others.filter((m) => m.needsReview && !m.grade)
  const until = scores.objectionsUntil && scores.objectionsUntil >= today ? scores.objectionsUntil : null
  const objections = scores.objections.filter(
    (o) => o.year === scores.year && others.some((m) => m.personId === o.personId),
  ).length
  return {
    quartersLeft,
    reviewsMissing,
    objections,
    until,
    left: others.length,
    isReady: quartersLeft === 0 && reviewsMissing.length === 0 && objections === 0 && until === null,
  }
}

/** How long ago each kind of meeting should have been held at the latest, in months. */
const EVERY: Record<MeetingKind, number> = {
  theme_day: 1,
  committee_meeting: 1,
  group_meeting: 1,
  member_assembly: 3,
  party_lecture: 3,
  organisation_life: 12,
  democratic_review: 12,
}

export interface MeetingDue {
  kind: MeetingKind
  heldOn: string | null
  isDue: boolean
}

/** Which of 三会一课 and the rest are held in their month, quarter or year, and which are due. */
export function meetingsDue(desk: Desk, today: string): MeetingDue[] {
  return (Object.keys(EVERY) as MeetingKind[]).map((kind) => {
    const heldOn = desk.held[kind] ?? null
    const months = EVERY[kind]
    const period = (day: string) =>
      `${day.slice(0, 4)}-${months === 12 ? '' : Math.ceil(Number(day.slice(5, 7)) / months)}`
    return { kind, heldOn, isDue: heldOn === null || period(heldOn) !== period(today) }
  })
}
