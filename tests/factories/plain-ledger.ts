/**
 * The points of a few people as a plain ledger in memory, written from rules.md apart from the database: what the
 * model-based test holds against the real one after every step.
 */
export interface Entry {
  id: string
  person: string
  rule: string
  kind: string
  source: string
  amount: number
  points: number
  debt: number
  day: string
  reverses: string | null
  isReversed: boolean
  at: number
}
interface Lot {
  id: string
  points: number
  remaining: number
  held: number
  expired: number
  ends: number
}
interface Hold {
  person: string
  status: 'held' | 'captured' | 'released'
  parts: [Lot, number][]
}
interface Service {
  id: string
  person: string
  day: string
  minutes: number
  reversed: boolean
}
export interface Rule {
  points: number
  each?: number
  byKind?: Record<string, number>
  period?: 'month' | 'quarter' | 'year'
  times?: number
  most?: number
}
export type Rules = Record<string, Rule>

export const VOL_2026_1: Rules = {
  V01: { points: 0, each: 5, period: 'month', most: 400 },
  V04: { points: 5, period: 'month', times: 1 },
  V05: { points: 20, period: 'year', times: 1 },
  V06: { points: 10, period: 'month', times: 4 },
  V07: { points: 20, byKind: { service: 20, companionship: 20, goods: 10 }, period: 'month', times: 3 },
  V08: { points: 5, period: 'month', times: 25 },
  V09: { points: 10, period: 'quarter', times: 2 },
  V10: { points: 5, period: 'year', most: 20 },
  V11: { points: 2, period: 'month', most: 10 },
  V12: { points: 5, period: 'year', most: 20 },
  V13: { points: 50, period: 'year', times: 1 },
  D01: { points: -10 },
  D02: { points: -3 },
  D04: { points: -50 },
}

const DAY = 86_400_000
const isLive = (entry: Entry) => entry.reverses === null && !entry.isReversed
export const shanghaiDay = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
const bucket = (day: string, period: 'month' | 'quarter' | 'year') =>
  period === 'year'
    ? day.slice(0, 4)
    : period === 'month'
      ? day.slice(0, 7)
      : `${day.slice(0, 4)}q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

export class PlainLedger {
  entries = new Map<string, Entry[]>()
  lots = new Map<string, Lot[]>()
  holds = new Map<string, Hold>()
  debts = new Map<string, number>()
  frozen = new Map<string, number>()
  services: Service[] = []
  versions: { from: string; rules: Rules }[] = [{ from: '2025-01-01', rules: VOL_2026_1 }]
  now = 0
  /** The entries of the step, for the ids the database gives them. */
  fresh: Entry[] = []
  private freshLots: [Entry, Lot][] = []

  private lotsOf(person: string): Lot[] {
    const lots = this.lots.get(person) ?? []
    this.lots.set(person, lots)
    return lots
  }
  debt = (person: string) => this.debts.get(person) ?? 0
  balance = (person: string) => this.lotsOf(person).reduce((sum, lot) => sum + lot.remaining, 0)
  held = (person: string) => this.lotsOf(person).reduce((sum, lot) => sum + lot.held, 0)
  available = (person: string) =>
    this.lotsOf(person).reduce((sum, lot) => sum + (lot.ends > this.now ? lot.remaining - lot.held : 0), 0)
  rulesOn = (day: string) => this.versions.filter(({ from }) => from <= day).at(-1)!.rules

  /** First in, first out: by the day they end, then by id as the database orders it. */
  private inOrder(person: string, first?: string | null): Lot[] {
    return [...this.lotsOf(person)].sort(
      (a, b) => Number(b.id === first) - Number(a.id === first) || a.ends - b.ends || (a.id < b.id ? -1 : 1),
    )
  }

  private entriesOf(person: string): Entry[] {
    const entries = this.entries.get(person) ?? []
    this.entries.set(person, entries)
    return entries
  }

  private write(entry: Omit<Entry, 'id' | 'isReversed' | 'at'>): Entry {
    const written = { ...entry, id: `new ${this.fresh.length}`, isReversed: false, at: this.now }
    this.entriesOf(entry.person).push(written)
    this.fresh.push(written)
    this.debts.set(entry.person, this.debt(entry.person) + entry.debt)
    return written
  }

  expire(person: string, source?: string): void {
    const ended = this.inOrder(person).filter((lot) => lot.remaining > lot.held && lot.ends <= this.now)
    if (ended.length === 0) return
    const points = ended.reduce((sum, lot) => sum + lot.remaining - lot.held, 0)
    const day = shanghaiDay(Math.max(...ended.map((lot) => lot.ends)) - 1000)
    const first = ended.map((lot) => lot.id).sort()[0]!
    for (const lot of ended) {
      lot.expired += lot.remaining - lot.held
      lot.remaining = lot.held
    }
    this.write({
      person,
      rule: 'EXPIRY',
      kind: 'expiry',
      source: source ?? first,
      amount: -points,
      points: -points,
      debt: 0,
      day,
      reverses: null,
    })
  }

  post(entry: Omit<Entry, 'id' | 'points' | 'debt' | 'isReversed' | 'at'>): Entry {
    const { person, amount, reverses } = entry
    this.expire(person)
    const points =
      amount >= 0
        ? amount - Math.min(amount, this.debt(person))
        : 0 - Math.min(-amount, this.balance(person) - this.held(person))
    const written = this.write({ ...entry, points, debt: points - amount })
    if (points > 0) {
      const day = reverses === null ? entry.day : shanghaiDay(this.now)
      const ends = Date.parse(`${Number(day.slice(0, 4)) + 1}-04-01T00:00:00+08:00`)
      const lot = { id: written.id, points, remaining: points, held: 0, expired: 0, ends }
      this.lotsOf(person).push(lot)
      this.freshLots.push([written, lot])
    }
    if (points < 0) this.take(person, -points, reverses)
    return written
  }

  private take(person: string, points: number, first?: string | null): void {
    let left = points
    for (const lot of this.inOrder(person, first)) {
      const part = Math.min(left, lot.remaining - lot.held)
      lot.remaining -= part
      left -= part
    }
    if (left > 0) throw new Error('The plain ledger took more than was there.')
  }

  private use(person: string, rule: string, period: 'month' | 'quarter' | 'year', day: string) {
    const live = this.entriesOf(person).filter(
      (e) => e.rule === rule && isLive(e) && bucket(e.day, period) === bucket(day, period),
    )
    return {
      times: live.filter((e) => e.amount !== 0).length,
      points: live.reduce((sum, e) => sum + e.amount, 0),
    }
  }

  award(person: string, code: string, kind: string, source: string, day: string, wish?: string): number {
    this.expire(person)
    const was = this.entriesOf(person).find(
      (e) => e.kind === kind && e.source === source && e.rule === code && e.reverses === null,
    )
    if (was) return was.amount
    const rule = this.rulesOn(day)[code]!
    let amount = (wish && rule.byKind?.[wish]) ?? rule.points
    if (typeof amount !== 'number') amount = rule.points
    if (rule.period) {
      const used = this.use(person, code, rule.period, day)
      if (rule.times !== undefined && used.times >= rule.times) amount = 0
      if (rule.most !== undefined) amount = Math.min(amount, Math.max(rule.most - used.points, 0))
    }
    this.post({ person, rule: code, kind, source, amount, day, reverses: null })
    if (code === 'D04') this.settleFreeze(person)
    return amount
  }

  private settleFreeze(person: string): void {
    const until = this.entriesOf(person)
      .filter((e) => e.rule === 'D04' && isLive(e))
      .map((e) => e.at + 90 * DAY)
    if (until.length > 0) this.frozen.set(person, Math.max(...until))
    else this.frozen.delete(person)
  }

  reverse(person: string, kind: string, source: string, reversal: string): number | null {
    const live = this.entriesOf(person).filter((e) => e.kind === kind && e.source === source && isLive(e))
    if (live.length === 0) return null
    return live.reduce((sum, entry) => sum + this.reverseOne(entry, kind, reversal), 0)
  }

  private reverseOne(entry: Entry, kind: string, source: string): number {
    this.expire(entry.person)
    const gone = this.lotsOf(entry.person).find((lot) => lot.id === entry.id)?.expired ?? 0
    const amount = gone - entry.amount
    entry.isReversed = true
    this.post({ person: entry.person, rule: entry.rule, kind, source, amount, day: entry.day, reverses: entry.id })
    this.settleFreeze(entry.person)
    return amount
  }

  hold(person: string, id: string, points: number): string | null {
    // A refusal leaves nothing behind, not even what expired meanwhile.
    if ((this.frozen.get(person) ?? 0) > this.now) return 'points_frozen'
    if (this.available(person) < points) return 'points_not_enough'
    this.expire(person)
    const parts: [Lot, number][] = []
    let left = points
    for (const lot of this.inOrder(person)) {
      const part = Math.min(left, lot.remaining - lot.held)
      if (part <= 0) continue
      lot.held += part
      left -= part
      parts.push([lot, part])
    }
    this.holds.set(id, { person, status: 'held', parts })
    return null
  }

  end(id: string, status: 'captured' | 'released'): string | null {
    const hold = this.holds.get(id)
    if (!hold) return 'hold_unknown'
    if (hold.status !== 'held' && hold.status !== status) return 'hold_ended'
    this.expire(hold.person)
    if (hold.status === status) return null
    hold.status = status
    const { person } = hold
    const points = hold.parts.reduce((sum, [, part]) => sum + part, 0)
    const day = shanghaiDay(this.now)
    for (const [lot, part] of hold.parts) {
      lot.held -= part
      if (status === 'captured') lot.remaining -= part
    }
    if (status === 'captured') {
      this.write({
        person,
        rule: 'REDEEM',
        kind: 'reward_order',
        source: id,
        amount: -points,
        points: -points,
        debt: 0,
        day,
        reverses: null,
      })
      return null
    }
    this.expire(person, id)
    const pays = Math.min(this.debt(person), this.balance(person) - this.held(person))
    if (pays > 0) {
      this.write({
        person,
        rule: 'DEBT',
        kind: 'debt',
        source: id,
        amount: 0,
        points: -pays,
        debt: -pays,
        day,
        reverses: null,
      })
      this.take(person, pays)
    }
    return null
  }

  serve(person: string, id: string, day: string, minutes: number): number {
    this.expire(person)
    const before = this.services
      .filter((s) => s.person === person && s.day === day && !s.reversed)
      .reduce((sum, s) => sum + s.minutes, 0)
    this.services.push({ id, person, day, minutes, reversed: false })
    const rule = this.rulesOn(day)['V01']!
    const base = Math.floor(Math.min(minutes, Math.max(480 - before, 0)) / 30) * rule.each!
    const amount = Math.min(base, Math.max(rule.most! - this.use(person, 'V01', 'month', day).points, 0))
    this.post({ person, rule: 'V01', kind: 'service_record', source: id, amount, day, reverses: null })
    this.settleBonuses(person, day, id, true)
    return amount
  }

  unserve(id: string, reversal: string): void {
    const service = this.services.find((s) => s.id === id)!
    if (service.reversed) return
    service.reversed = true
    this.reverse(service.person, 'service_record', id, reversal)
    this.settleBonuses(service.person, service.day, reversal, false)
  }

  private isDue(code: string, person: string, day: string): boolean {
    const live = this.services.filter(
      (s) => s.person === person && !s.reversed && s.day.slice(0, 4) === day.slice(0, 4),
    )
    if (code === 'V04') return live.some((s) => s.day === `${day.slice(0, 7)}-28`)
    const march = live.filter((s) => s.day.slice(5, 7) === '03')
    if (code === 'V05') return march.length >= 3 || march.reduce((sum, s) => sum + s.minutes, 0) >= 360
    return new Set(live.map((s) => s.day.slice(0, 7))).size === 12
  }

  private settleBonuses(person: string, day: string, source: string, isNew: boolean): void {
    for (const code of ['V04', 'V05', 'V13']) {
      if (code === 'V04' && day.slice(8) !== '28') continue
      if (code === 'V05' && day.slice(5, 7) !== '03') continue
      const { period } = this.rulesOn(day)[code]!
      const has = this.entriesOf(person).find(
        (e) => e.rule === code && isLive(e) && bucket(e.day, period!) === bucket(day, period!),
      )
      if (isNew === (has !== undefined)) continue
      const due = this.isDue(code, person, day)
      if (isNew && due) this.award(person, code, code === 'V04' ? 'month_bonus' : 'year_bonus', source, day)
      if (!isNew && !due) this.reverseOne(has!, has!.kind, source)
    }
  }

  /** Takes over the ids the database gave the entries of the step. */
  adopt(idOf: (entry: Entry) => string): void {
    for (const entry of this.fresh) entry.id = idOf(entry)
    for (const [entry, lot] of this.freshLots) lot.id = entry.id
    this.fresh = []
    this.freshLots = []
  }
}
