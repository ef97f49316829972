import { toLocalInput } from '@/lib/time'
import type { DutyKind, DutyLog, DutyOwed, MyDuties, ReviewedLog } from './schema'

export interface DutyForm {
  /** The returned log this corrects. */
  logId: string | null
  kind: DutyKind | null
  /** `YYYY-MM-DDTHH:mm`, Shanghai */
  at: string
  minutes: number | null
  gridId: string
  buildingId: string
  note: string
  helpedCount: number | null
  people: string[]
  photos: string[]
  draftKind: 'ticket' | 'wish' | null
  draftText: string
}

/** What a tap on 「记一次」 opens with: the duty still owed, the place of the post or the last one, the usual minutes. */
export function freshForm(duties: MyDuties, now: Date, kind?: DutyKind): DutyForm {
  const owed = duties.owed.find((o) => (kind ? o.kind === kind : stillOwed(o) > 0)) ?? duties.owed[0]
  const chosen = kind ?? owed?.kind ?? duties.last?.kind ?? null
  const post = duties.posts[0]
  const place = duties.last ?? post
  const minutes =
    chosen === duties.last?.kind ? duties.last?.minutes : owed?.kind === chosen ? owed?.minutes : undefined
  return {
    logId: null,
    kind: chosen,
    at: toLocalInput(now.getTime() - (minutes ?? 30) * 60_000),
    minutes: minutes ?? 30,
    gridId: place?.gridId ?? '',
    buildingId: place?.buildingId ?? '',
    note: '',
    helpedCount: 0,
    people: [],
    photos: [],
    draftKind: null,
    draftText: '',
  }
}

/** A returned log, opened to be corrected. */
export function formOf(log: DutyLog): DutyForm {
  const [draft] = log.drafts
  return {
    logId: log.id,
    kind: log.kind,
    at: toLocalInput(log.happenedAt),
    minutes: log.minutes,
    gridId: log.gridId ?? '',
    buildingId: log.buildingId ?? '',
    note: log.note ?? '',
    helpedCount: log.helpedCount,
    people: log.helped.map((p) => p.personId),
    photos: log.photos.map((p) => p.id),
    draftKind: draft?.kind ?? null,
    draftText: draft?.text ?? '',
  }
}

export function draftOf(form: DutyForm): { kind: 'ticket' | 'wish'; text: string } | null {
  const text = form.draftText.trim()
  return form.draftKind && text ? { kind: form.draftKind, text } : null
}

/** How many are left to do; what waits to be verified counts as done. */
export const stillOwed = (owed: DutyOwed): number => Math.max(0, owed.times - owed.verified - owed.waiting)

export const isMonthDone = (duties: MyDuties): boolean => duties.owed.every((o) => o.verified >= o.times)

/** The first of this month and of the `count` months before it, the newest first. */
export function monthsBack(thisMonth: string, count: number): string[] {
  const [year = 0, month = 1] = thisMonth.split('-').map(Number)
  return Array.from({ length: count + 1 }, (_, n) => {
    const at = year * 12 + (month - 1) - n
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
  })
}

export const waitingLogs = (logs: readonly ReviewedLog[]): ReviewedLog[] => logs.filter((l) => l.status === 'submitted')
/** Those one may confirm oneself, for 「全部核实」. */
export const verifiable = (logs: readonly ReviewedLog[]): ReviewedLog[] => waitingLogs(logs).filter((l) => !l.whyNot)

/** The first days of months that a new version may begin with: `ahead` days are kept for everybody to know. */
export function monthsAhead(today: string, ahead = 7, count = 6): string[] {
  const earliest = new Date(`${today}T00:00:00Z`)
  earliest.setUTCDate(earliest.getUTCDate() + ahead)
  const [year, month] = [earliest.getUTCFullYear(), earliest.getUTCMonth() + (earliest.getUTCDate() > 1 ? 1 : 0)]
  return Array.from({ length: count }, (_, n) => new Date(Date.UTC(year, month + n, 1)).toISOString().slice(0, 10))
}

/** `DUTY-2026.1` → `DUTY-2027.1`, or the next number that is free in the year it begins. */
export function nextCode(codes: readonly string[], from: string): string {
  const year = from.slice(0, 4)
  let n = 1
  while (codes.includes(`DUTY-${year}.${n}`)) n += 1
  return `DUTY-${year}.${n}`
}
