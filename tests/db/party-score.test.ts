import { App } from '@supabase/lite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import { makePartyYear, PARTY_SIZE } from '../factories/party'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { callsAbout, prepareMatrix } from './gates/matrix'

/**
 * PTY-2026.1 computed a second time, in plain TypeScript from the raw rows, in hundredths of a point; and the road
 * from a party point to a spendable one, and to somebody else's eyes, tried from every side.
 */
let database: TestDatabase
afterAll(() => database?.drop())

async function rows<Row>(sql: string): Promise<Row[]> {
  return (await database.client.query(sql)) as Row[]
}

/** What a command answers to somebody at a moment. */
async function act(at: string, who: string, call: string): Promise<Record<string, unknown>> {
  const [row] = await database.client.query<{ said: Record<string, unknown> }>(
    'select tests.at($1), tests.value($2, $3) as said',
    [at, who, `select ${call}`],
  )
  return row!.said
}

interface Fact {
  person: string
  rule: string
  month: number
  units: number
}

/** rules.md, once more. Hundredths of a point for `per` units; the most of a year, null without a limit. */
const RULES: Record<string, { block: string; unit: number; per: number; max: number | null }> = {
  meetings: { block: 'A', unit: 100, per: 1, max: 2000 },
  theme_day: { block: 'A', unit: 100, per: 1, max: 1200 },
  study: { block: 'A', unit: 1000, per: 1920, max: 1000 },
  dues: { block: 'A', unit: 50, per: 1, max: 600 },
  life_and_review: { block: 'A', unit: 200, per: 1, max: 400 },
  pledges: { block: 'A', unit: 400, per: 1, max: 800 },
  home_proof: { block: 'A', unit: 1, per: 1, max: 6000 },
  post_duty: { block: 'B', unit: 125, per: 1, max: 1500 },
  visits: { block: 'B', unit: 50, per: 1, max: 1000 },
  report_in: { block: 'B', unit: 200, per: 1, max: 200 },
  volunteering: { block: 'B', unit: 50, per: 60, max: 1500 },
  deeds: { block: 'B', unit: 100, per: 1, max: 800 },
  review: { block: 'C', unit: 100, per: 1, max: 1500 },
  honours: { block: 'extra', unit: 100, per: 1, max: null },
  emergencies: { block: 'extra', unit: 200, per: 1, max: null },
  praise: { block: 'extra', unit: 50, per: 1, max: 200 },
  proposals: { block: 'extra', unit: 100, per: 1, max: 200 },
  absence: { block: 'less', unit: -200, per: 1, max: null },
  dues_late: { block: 'less', unit: -100, per: 1, max: null },
  duty_missed: { block: 'less', unit: -100, per: 1, max: null },
  complaint: { block: 'less', unit: -200, per: 1, max: null },
  decision: { block: 'decision', unit: 1, per: 1, max: null },
}
const OWED: Record<string, [kind: string, times: number]> = {
  grid_delegate: ['opinion_round', 1],
  publicist: ['publicity_round', 2],
  hygienist: ['hygiene_check', 2],
  safety_officer: ['safety_check', 2],
  mediator: ['mediation', 1],
}
const GRADES: Record<string, number> = { excellent: 15, qualified: 12, basically_qualified: 6, unqualified: 0 }
const LEVELS: Record<string, number> = { community: 1, street: 2, district: 3, city: 5 }
const REMARKS: Record<string, string> = {
  honour: 'honours',
  emergency: 'emergencies',
  praise: 'praise',
  proposal: 'proposals',
  complaint: 'complaint',
}
const monthOf = (day: string) => Number(day.slice(5, 7))
const lastDay = (month: number) =>
  `2026-${String(month).padStart(2, '0')}-${new Date(Date.UTC(2026, month, 0)).getUTCDate()}`
const firstDay = (month: number) => `2026-${String(month).padStart(2, '0')}-01`
/** Half away from zero, as numeric does; exact on integers. */
const divide = (a: number, b: number) => Math.sign(a) * Math.floor((2 * Math.abs(a) + b) / (2 * b))

/** person → rule → month → hundredths, from nothing but the rows. */
async function recompute(): Promise<Map<string, Map<string, number[]>>> {
  const ours = (table = '') =>
    `${table}community_id = tests.a() and ${table}person_id in (select tests.id('m' || n) from generate_series(1, ${PARTY_SIZE}) n)`
  const members = await rows<{ person_id: string; kind: string }>(
    `select person_id, kind from public.party_memberships where ${ours()}`,
  )
  const exemptions = await rows<{ person_id: string; from: string; to: string }>(
    `select person_id, valid_from::text as from, coalesce(valid_to, '9999-12-31')::text as to from public.party_exemptions where ${ours()}`,
  )
  /** Whether somebody is exempt on some day of a span. */
  const isExempt = (person: string, from: string, to = from) =>
    exemptions.some((e) => e.person_id === person && e.from <= to && e.to >= from)
  const exempt = new Set(
    exemptions.filter((e) => e.from <= '2026-01-01' && e.to >= '2026-12-31').map((e) => e.person_id),
  )
  const isFloating = new Map(members.map((m) => [m.person_id, m.kind === 'floating']))
  const proofs = await rows<{ person_id: string; points: string; day: string }>(
    `select person_id, points::text, received_on::text as day from public.party_proofs where ${ours()}`,
  )
  const attendance = await rows<{
    person_id: string
    status: string
    kind: string
    day: string
    study: number
    id: string
  }>(
    `select a.person_id, a.status, m.kind, m.held_on::text as day, m.study_minutes as study, m.id from public.party_attendances a
     join public.party_meetings m on m.community_id = a.community_id and m.id = a.meeting_id
     where (a.status <> 'present' or a.vouched_by is not null) and ${ours('a.')}`,
  )
  const studies = await rows<{ person_id: string; day: string; minutes: number }>(
    `select person_id, studied_on::text as day, minutes from public.party_studies where ${ours()}`,
  )
  const dues = await rows<{ person_id: string; month: string; paid: string | null }>(
    `select person_id, month::text, paid_on::text as paid from public.party_dues where ${ours()}`,
  )
  const logs = await rows<{ person_id: string; kind: string; month: string; status: string }>(
    `select person_id, kind, month::text, status from public.duty_logs where ${ours()}`,
  )
  const posts = await rows<{ person_id: string; post: string; from: string; to: string | null }>(
    `select person_id, post, valid_from::text as from, valid_to::text as to from public.party_posts where ${ours()}`,
  )
  const service = await rows<{ person_id: string; day: string; minutes: number }>(
    `select person_id, service_date::text as day, minutes from public.service_records where ${ours()}`,
  )
  const reviews = await rows<{ person_id: string; grade: string; day: string }>(
    `select person_id, grade, decided_on::text as day from public.party_reviews where ${ours()}`,
  )
  const remarks = await rows<{ person_id: string; kind: string; level: string | null; day: string }>(
    `select person_id, kind, level, occurred_on::text as day from public.party_remarks where withdrawn_at is null and kind <> 'veto' and ${ours()}`,
  )
  const decisions = await rows<{ person_id: string; quarter: number; points: string }>(
    `select b.person_id, q.quarter, b.points::text from public.party_objections b join public.party_quarter_scores q on q.community_id = b.community_id and q.id = b.quarter_score_id
     where b.status = 'accepted' and ${ours('b.')}`,
  )

  const pledges = await rows<{ person_id: string; day: string }>(
    `select person_id, least(due_on, private.day_of(settled_at))::text as day from public.pledges where status = 'kept' and ${ours()}`,
  )
  const checkins = await rows<{ person_id: string; day: string; ended: string | null }>(
    `select person_id, private.day_of(decided_at)::text as day, ended_on::text as ended from public.community_checkins where status = 'confirmed' and ${ours()}`,
  )

  const wishes = await rows<{ person_id: string; day: string }>(
    `select donor_person_id as person_id, private.day_of(realized_at)::text as day from public.wish_claims
     where status = 'realized' and community_id = tests.a()`,
  )

  const facts: Fact[] = []
  const isManaged = new Map(members.map((m) => [m.person_id, m.kind === 'managed']))
  const hasProof = new Set(proofs.map((p) => p.person_id))
  const add = (person: string, rule: string, month: number, units = 1) => facts.push({ person, rule, month, units })
  const within = (day: string) => (day.startsWith('2026') ? monthOf(day) : 12)

  const once = new Map<string, { day: string; id: string; person: string; rule: string }>()
  for (const a of attendance) {
    if (a.status === 'absent' && !isExempt(a.person_id, a.day)) add(a.person_id, 'absence', monthOf(a.day))
    if (a.status !== 'present' || !isManaged.get(a.person_id)) continue
    if (a.study > 0) add(a.person_id, 'study', monthOf(a.day), a.study)
    const month = monthOf(a.day)
    const quarter = Math.ceil(month / 3)
    const [rule, period] =
      a.kind === 'member_assembly' || a.kind === 'party_lecture'
        ? ['meetings', `q${quarter}`]
        : a.kind === 'group_meeting'
          ? ['meetings', `m${month}`]
          : a.kind === 'theme_day'
            ? ['theme_day', `m${month}`]
            : a.kind === 'organisation_life' || a.kind === 'democratic_review'
              ? ['life_and_review', 'year']
              : [null, '']
    if (!rule) continue
    const key = `${a.person_id} ${a.kind} ${period}`
    const known = once.get(key)
    if (!known || a.day < known.day) once.set(key, { day: a.day, id: a.id, person: a.person_id, rule })
  }
  for (const one of once.values()) add(one.person, one.rule, monthOf(one.day))
  for (const s of studies) if (isManaged.get(s.person_id)) add(s.person_id, 'study', monthOf(s.day), s.minutes)
  for (const d of dues) {
    const onTime = d.paid !== null && d.paid <= lastDay(monthOf(d.month))
    if (onTime) add(d.person_id, 'dues', monthOf(d.month))
    else if (!isExempt(d.person_id, firstDay(monthOf(d.month)), lastDay(monthOf(d.month))))
      add(d.person_id, 'dues_late', monthOf(d.month))
  }
  const count = new Map<string, number>()
  const sure = (status: string) => status === 'verified' || status === 'counted'
  for (const l of logs) {
    if (l.status === 'returned') continue
    const key = `${l.person_id} ${monthOf(l.month)} ${l.kind}`
    count.set(`${key} any`, (count.get(`${key} any`) ?? 0) + 1)
    if (!sure(l.status)) continue
    count.set(`${key} sure`, (count.get(`${key} sure`) ?? 0) + 1)
    if (!isManaged.get(l.person_id)) add(l.person_id, 'deeds', monthOf(l.month))
    else if (l.kind === 'visit' || l.kind === 'deliberation') add(l.person_id, 'visits', monthOf(l.month))
  }
  for (const p of posts)
    for (let month = 1; month <= 12; month += 1) {
      if (p.from > firstDay(month) || (p.to !== null && p.to < lastDay(month))) continue
      const [kind, times] = OWED[p.post]!
      const key = `${p.person_id} ${month} ${kind}`
      if ((count.get(`${key} sure`) ?? 0) >= times) add(p.person_id, 'post_duty', month)
      // In a month of exemption nothing is missed; what was done all the same counts.
      if ((count.get(`${key} any`) ?? 0) < times && !isExempt(p.person_id, firstDay(month), lastDay(month)))
        add(p.person_id, 'duty_missed', month)
    }
  for (const s of service) if (!isManaged.get(s.person_id)) add(s.person_id, 'volunteering', monthOf(s.day), s.minutes)
  for (const w of wishes)
    if (isManaged.get(w.person_id) === false && w.day.startsWith('2026')) add(w.person_id, 'deeds', monthOf(w.day))
  for (const p of pledges)
    if (isManaged.get(p.person_id) && p.day.startsWith('2026')) add(p.person_id, 'pledges', monthOf(p.day))
  for (const c of checkins)
    if (
      !isManaged.get(c.person_id) &&
      !isFloating.get(c.person_id) &&
      c.day <= '2026-12-31' &&
      (c.ended === null || c.ended >= '2026-01-01')
    )
      add(c.person_id, 'report_in', c.day < '2026-01-01' ? 1 : monthOf(c.day))
  for (const p of proofs) add(p.person_id, 'home_proof', within(p.day), Math.round(Number(p.points) * 100))
  for (const r of reviews)
    if (isManaged.get(r.person_id) || hasProof.has(r.person_id))
      add(r.person_id, 'review', within(r.day), GRADES[r.grade]!)
  for (const r of remarks) add(r.person_id, REMARKS[r.kind]!, monthOf(r.day), r.level ? LEVELS[r.level]! : 1)
  for (const d of decisions) add(d.person_id, 'decision', d.quarter * 3, Math.round(Number(d.points) * 100))

  const units = new Map<string, Map<string, number[]>>()
  for (const { person, rule, month, units: n } of facts) {
    if (exempt.has(person)) continue
    const byRule = units.get(person) ?? new Map<string, number[]>()
    units.set(person, byRule)
    const byMonth = byRule.get(rule) ?? Array<number>(12).fill(0)
    byRule.set(rule, byMonth)
    byMonth[month - 1]! += n
  }
  const points = new Map<string, Map<string, number[]>>()
  for (const [person, byRule] of units) {
    const standing = new Map<string, number[]>()
    for (const [name, rule] of Object.entries(RULES)) {
      const byMonth = byRule.get(name)
      if (!byMonth) continue
      let sum = 0
      standing.set(
        name,
        byMonth.map((n) => {
          sum += n
          const value = divide(sum * rule.unit, rule.per)
          return rule.max === null ? value : Math.min(rule.max, value)
        }),
      )
    }
    const extras = [...standing].filter(([name]) => RULES[name]!.block === 'extra')
    for (let month = 0; month < 12; month += 1) {
      let room = 1000
      for (const [, values] of extras) {
        values[month] = Math.min(values[month]!, room)
        room -= values[month]!
      }
    }
    if (!isManaged.get(person) && !hasProof.has(person)) {
      const duty = [...standing].filter(([name]) => RULES[name]!.block === 'B')
      if (duty.length > 0)
        standing.set(
          'scale',
          Array.from({ length: 12 }, (_, m) => {
            const sum = duty.reduce((all, [, values]) => all + values[m]!, 0)
            // Four times the block; of the 23 points without the report-in as much as of the 25 with it.
            return isFloating.get(person) ? divide(77 * sum, 23) : 3 * sum
          }),
        )
    }
    points.set(
      person,
      new Map(
        [...standing].map(([name, values]) => [name, values.map((value, m) => value - (m > 0 ? values[m - 1]! : 0))]),
      ),
    )
  }
  return points
}

/** Who is due in which quarter, and how many months of the year count to its end, day by day. */
async function standing() {
  const spans = (table: string) =>
    rows<{ person_id: string; from: string; to: string }>(
      `select person_id, valid_from::text as from, coalesce(valid_to, '9999-12-31')::text as to from public.${table}
       where community_id = tests.a() and person_id in (select tests.id('m' || n) from generate_series(1, ${PARTY_SIZE}) n)`,
    )
  const byPerson = (list: { person_id: string; from: string; to: string }[]) => {
    const found = new Map<string, typeof list>()
    for (const one of list) found.set(one.person_id, [...(found.get(one.person_id) ?? []), one])
    return found
  }
  const [members, free] = [byPerson(await spans('party_memberships')), byPerson(await spans('party_exemptions'))]
  const days = Array.from({ length: 365 }, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
  const due = new Map<string, number[]>()
  const months = new Map<string, number[]>()
  for (const [person, membership] of members) {
    const on = (list: { from: string; to: string }[], day: string) => list.some((x) => x.from <= day && day <= x.to)
    const exemptions = free.get(person) ?? []
    const state = days.map((day) => ({ month: monthOf(day), here: on(membership, day), free: on(exemptions, day) }))
    const whole = Array.from({ length: 12 }, (_, m) =>
      state.filter(({ month }) => month === m + 1).every((d) => d.here && !d.free),
    )
    const dueIn: number[] = []
    for (const quarter of [1, 2, 3, 4]) {
      const mine = state.filter(({ month }) => Math.ceil(month / 3) === quarter)
      const here = mine.filter((d) => d.here)
      const exempt = here.filter((d) => d.free).length
      if (mine.at(-1)!.here && !mine.at(-1)!.free && exempt * 2 <= here.length) dueIn.push(quarter)
    }
    due.set(person, dueIn)
    months.set(
      person,
      [1, 2, 3, 4].map((quarter) => whole.slice(0, quarter * 3).filter(Boolean).length),
    )
  }
  return { due, months }
}

const asLines = (points: Map<string, Map<string, number[]>>) =>
  [...points]
    .flatMap(([person, byRule]) =>
      [...byRule].flatMap(([rule, months]) =>
        months.flatMap((n, m) => (n === 0 ? [] : [`${person} ${rule} ${m + 1} ${n}`])),
      ),
    )
    .toSorted()

describe('a year of 612 members', () => {
  beforeAll(async () => {
    database = await createDatabase()
    await loadWorld(database.client)
    await makePartyYear(database.client)
  }, 120_000)

  test('the score recomputed from nothing equals the ledger', { timeout: 180_000 }, async () => {
    const confirm = (at: string, quarter: number) =>
      act(at, 'above', `confirm_quarter(tests.a(), tests.new(), tests.id('committee'), 2026, ${quarter})`)
    await confirm('2026-04-02 09:00', 1)
    await confirm('2026-07-02 09:00', 2)
    // Late words of the leaders on what was done in closed quarters: corrections.
    await database.client
      .exec(`update public.duty_logs set status = 'verified', verified_by = tests.id('above'), verified_at = '2026-07-10'
      where community_id = tests.a() and status = 'submitted' and month <= '2026-06-01'`)
    const [objecting] = await rows<{ id: string }>(
      `select id from public.party_quarter_scores where person_id = tests.id('m100') and quarter = 2`,
    )
    await database.client
      .exec(`insert into public.party_objections (community_id, id, quarter_score_id, person_id, confirmed_by, text, made_at)
      values (tests.a(), tests.id('objection'), '${objecting!.id}', tests.id('m100'), tests.id('above'), '少记了', '2026-07-05')`)
    await act(
      '2026-07-12 09:00',
      'further',
      `answer_score_objection(tests.a(), tests.new(), tests.id('objection'), '核实了', 2.5)`,
    )
    await confirm('2026-10-02 09:00', 3)
    await confirm('2027-01-03 09:00', 4)
    await act('2027-01-20 09:00', 'above', `close_party_year(tests.a(), tests.new(), tests.id('committee'), 2026)`)

    const expected = await recompute()
    const ledger = await rows<{ person_id: string; rule_code: string; month: number; points: number }>(
      `select person_id, rule_code, extract(month from month)::int as month, (sum(points) * 100)::int as points from public.party_score_entries
       where community_id = tests.a() group by 1, 2, 3 having sum(points) <> 0`,
    )
    const posted = ledger.map((e) => `${e.person_id} ${e.rule_code} ${e.month} ${e.points}`).toSorted()
    expect(posted.length).toBeGreaterThan(10_000)
    expect(posted).toEqual(asLines(expected))

    // Quarters from that of joining, none of exemption; behind the pace of the own months.
    const { due, months } = await standing()
    const quarters = await rows<{ person_id: string; quarter: number; score: number; is_behind: boolean }>(
      `select person_id, quarter, (score * 100)::int as score, is_behind from public.party_quarter_scores where community_id = tests.a()`,
    )
    expect(quarters.map((q) => `${q.person_id} ${q.quarter}`).toSorted()).toEqual(
      [...due].flatMap(([person, dueIn]) => dueIn.map((quarter) => `${person} ${quarter}`)).toSorted(),
    )
    for (const q of quarters)
      expect([q.person_id, q.quarter, q.is_behind]).toEqual([
        q.person_id,
        q.quarter,
        q.score < 400 * months.get(q.person_id)![q.quarter - 1]!,
      ])

    const closed = await rows<{ person_id: string; score: number; months: number; band: string }>(
      `select person_id, (score * 100)::int as score, months, band from public.party_year_scores where community_id = tests.a()`,
    )
    // Beside the 58, four are exempt from 1 June (most of the year), four from 20 December (a few days of it).
    expect(closed.length).toBe(PARTY_SIZE - 58 - 4)
    for (const { person_id: person, score, months: counted, band } of closed) {
      expect([person, counted]).toEqual([person, months.get(person)![3]])
      const reached = score >= 9000 ? 'excellent' : score >= 8000 ? 'good' : 'qualified'
      expect([person, band]).toEqual([person, score < 500 * counted ? 'below' : reached])
      let all = 0
      let extra = 0
      for (const [rule, months] of expected.get(person) ?? []) {
        const sum = months.reduce((a, b) => a + b, 0)
        if (RULES[rule]?.block === 'extra') extra += sum
        else all += sum
      }
      expect([person, score]).toEqual([person, Math.max(0, Math.min(10_000, all) + extra)])
    }
    const [shape] = await rows<Record<string, number>>(
      `select count(*) filter (where is_correction)::int as corrections, count(*) filter (where reverses_id is not null)::int as reversals,
        count(*) filter (where person_id in (select tests.id('m' || n) from generate_series(1, 58) n))::int as exempt from public.party_score_entries where community_id = tests.a()`,
    )
    expect(shape!['corrections']).toBeGreaterThan(100)
    expect(shape!['reversals']).toBeGreaterThan(50)
    expect(shape!['exempt']).toBe(0)
    // Posting once more finds nothing to write.
    const again = await act(
      '2027-01-21 09:00',
      'above',
      `post_party_month(tests.a(), tests.new(), tests.id('committee'), 2026)`,
    )
    expect(again).toMatchObject({ written: 0 })
  })

  test('two postings at once write every line once', async () => {
    const pool = database.pool(4)
    // One branch: the race is the same, the sums are an eighth.
    await database.client.exec(
      `update public.duty_logs set status = 'verified', verified_by = tests.id('above'), verified_at = '2027-01-21' where community_id = tests.a() and status = 'submitted'
        and person_id in (select person_id from public.party_memberships where community_id = tests.a() and party_org_id = tests.id('branch1'))`,
    )
    const post = async () => {
      const client = await pool.connect()
      try {
        await client.query(
          `begin; select tests.at('2027-01-22 09:00'); select tests.become('above'); select public.post_party_month(tests.a(), tests.new(), tests.id('branch1'), 2026); commit`,
        )
      } finally {
        client.release()
      }
    }
    await Promise.all([post(), post(), post()])
    const ledger = await rows<{ line: string }>(
      `select person_id || ' ' || rule_code || ' ' || extract(month from month)::int || ' ' || (sum(points) * 100)::int as line from public.party_score_entries
       where community_id = tests.a() group by person_id, rule_code, month having sum(points) <> 0`,
    )
    expect(ledger.map(({ line }) => line).toSorted()).toEqual(asLines(await recompute()))
  }, 60_000)

  test('no function knows both ledgers, no key joins them, and the spendable one takes nothing of the party', async () => {
    expect(
      await rows(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private')
        and p.prosrc ~ 'party_(score_entries|quarter_scores|year_scores|score_values)' and p.prosrc ~ 'point_(entries|accounts|lots|holds)|award_points|hold_points|reverse_award'`),
    ).toEqual([])
    expect(
      await rows(
        `select t.tgname from pg_trigger t where t.tgrelid = 'public.point_entries'::regclass and t.tgname = 'tg_point_entries__nothing_of_the_party' and t.tgenabled = 'O'`,
      ),
    ).toHaveLength(1)
    expect(
      await rows(`select k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid where k.contype = 'f'
        and (c.relname ~ '^(party|duty)_' and f.relname ~ '^(point|reward|stock)' or c.relname ~ '^(point|reward|stock)' and f.relname ~ '^(party|duty)_')`),
    ).toEqual([])
    // Every function that puts points into an account, called with every kind of party row as its source.
    const sources = [
      'party_score_entries',
      'party_quarter_scores',
      'party_year_scores',
      'party_meetings',
      'party_studies',
      'party_remarks',
      'party_objections',
      'duty_logs',
    ]
    for (const table of sources) {
      const taken = database.client.query(
        `insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
         select community_id, gen_random_uuid(), person_id, ruleset_code, rule_code, source_kind, (select id from public.${table} where community_id = tests.a() limit 1), 10, occurred_on, inputs, posted_at
         from public.point_entries where community_id = tests.a() limit 1`,
      )
      await expect(taken, table).rejects.toThrow('party_points_are_not_spendable')
    }
  })
})

/** The embedded API, which grants everything on every table: what a colleague of the same branch can ask over the wire. */
describe('the score of a colleague', () => {
  const SECRET = 'kX9-qv7Lw2Zt4Rb8Nc1Ys6Hd3Jf5Gm0Pa-Qe7Uo2Ti4Wr8Vx'
  let site: TestDatabase
  let app: App
  let connection: ReturnType<typeof createPostgresConnection>
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    process.env['LITE_TELEMETRY'] = '0'
    vi.spyOn(console, 'error').mockImplementation(() => {})
    site = await createDatabase()
    await loadWorld(site.client)
    await prepareMatrix(site.client)
    // A colleague in the same branch, with a post and a group of their own to lead.
    await site.client.exec(`
      select tests.make_person(tests.a(), 'colleague', '唐同志', 1970, 5, 'colleague');
      insert into public.party_orgs (community_id, id, kind, name, parent_id) values (tests.a(), tests.id('group'), 'group', '唐同志的小组', tests.id('party org'));
      insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, group_id, valid_from) values (tests.a(), tests.id('colleague member'), tests.id('colleague'), 'managed', tests.id('party org'), tests.id('group'), '2000-01-01');
      update public.party_memberships set group_id = tests.id('group') where community_id = tests.a() and person_id = tests.id('party');
      select tests.make_role(tests.a(), 'colleague', 'party_group_leader', 'party_org', 'group');
      alter database ${site.name} set sanlian.now = '2026-11-16 00:00:00+00'`)
    connection = createPostgresConnection({ url: site.url, postgresOptions: { onnotice: () => {} } })
    app = new App({
      connection,
      auth: { enabled: true, jwt_secret: SECRET, publishable_key: EMBEDDED_PUBLISHABLE_KEY },
      options: { server: { admin: false } },
    } as never)
    await app.init()
    for (const name of ['A', 'party', 'quarter 2', 'objection', 'party org', 'remark'])
      ids[name] = (await site.client.query<{ v: string }>('select tests.id($1)::text as v', [name]))[0]!.v
  }, 120_000)
  afterAll(async () => {
    await connection?.close()
    await site?.drop()
  })

  const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64url')
  async function ask(who: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const [row] = await site.client.query<{ sub: string }>('select tests.id($1)::text as sub', [`user ${who}`])
    const now = Math.floor(Date.now() / 1000)
    const claims = `${base64(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))}.${base64(JSON.stringify({ sub: row!.sub, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 600 }))}`
    const response = await app.fetch(
      new Request(`http://localhost/rest/v1/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          apikey: EMBEDDED_PUBLISHABLE_KEY,
          authorization: `Bearer ${claims}.${base64(createHmac('sha256', SECRET).update(claims).digest())}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
    return { status: response.status, text: await response.text(), range: response.headers.get('content-range') }
  }

  const TABLES = [
    'party_score_entries',
    'party_quarter_scores',
    'party_year_scores',
    'party_objections',
    'party_reviews',
    'party_proofs',
    'party_remarks',
    'party_dues',
    'party_studies',
  ]

  test('is read by the member and the secretary, so that what follows proves something', async () => {
    for (const who of ['party', 'branch'])
      for (const table of TABLES)
        expect(JSON.parse((await ask(who, `${table}?select=*`)).text).length, `${who} ${table}`).toBeGreaterThan(0)
  })

  test('is in no table, filter, count, order or format', async () => {
    const who = ['colleague', 'volunteer', 'worker', 'secretary', 'street', 'grid']
    for (const person of who)
      for (const table of TABLES) {
        for (const query of [
          `select=*`,
          `select=id&person_id=eq.${ids['party']}`,
          `or=(person_id.eq.${ids['party']},id.not.is.null)&select=*`,
          'select=person_id&order=id.desc&limit=1',
        ])
          expect((await ask(person, `${table}?${query}`)).text, `${person} ${table} ${query}`).toBe('[]')
        const counted = await ask(person, `${table}?select=id`, undefined, { prefer: 'count=exact' })
        expect(counted.range, `${person} ${table}`).toMatch(/\/0$/)
        expect((await ask(person, `${table}?select=*`, undefined, { accept: 'text/csv' })).text).not.toContain(
          ids['party'],
        )
      }
    for (const query of [
      'party_quarter_scores?score=gt.0&select=id',
      'party_quarter_scores?order=score.desc&select=id',
      'party_year_scores?band=eq.qualified&select=id',
    ])
      expect((await ask('colleague', query)).text).toBe('[]')
  })

  test('is in no row of any table or view and in no answer or error of any function, whoever asks', async () => {
    // A score, a year and a line that stand nowhere else.
    await site.client.exec(`
      alter table public.party_quarter_scores disable trigger user; alter table public.party_year_scores disable trigger user; alter table public.party_score_entries disable trigger user;
      update public.party_quarter_scores set score = 73.31 where community_id = tests.a() and person_id = tests.id('party');
      update public.party_year_scores set score = 74.41 where community_id = tests.a() and person_id = tests.id('party');
      update public.party_score_entries set points = 3.77 where community_id = tests.a() and person_id = tests.id('party') and points > 0;
      alter table public.party_quarter_scores enable trigger user; alter table public.party_year_scores enable trigger user; alter table public.party_score_entries enable trigger user;
      select tests.make_person(tests.a(), 'deputy', '邓副书记', 1970, 5, 'deputy'), tests.make_role(tests.a(), 'deputy', 'deputy_branch_secretary', 'party_org', 'party org');
      create function tests.tells(p_who text, p_sql text) returns boolean language plpgsql as $$
      declare
        v_said text;
        v_message text;
        v_detail text;
      begin
        begin
          perform tests.become(p_who);
          execute 'select string_agg(x::text, '' '') from (select ' || p_sql || ') x' into v_said;
          raise exception using message = coalesce(v_said, '');
        exception when others then
          get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail;
        end;
        perform tests.owner();
        return concat_ws(' ', v_message, v_detail) ~ '73[.]31|74[.]41|3[.]77';
      end $$;`)
    const everything = [
      ...callsAbout('party').map((call) => `to_jsonb(${call})`),
      ...(
        await site.client.query<{ name: string }>(
          `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')`,
        )
      ).map(({ name }) => `t::text from public.${name} t`),
    ]
    const telling = async (who: string) =>
      (
        await site.client.query<{ sql: string }>(
          `select s as sql from jsonb_array_elements_text($2::text::jsonb) s where tests.tells($1, s)`,
          [who, JSON.stringify(everything)],
        )
      ).map(({ sql }) => sql.replace(/^to_jsonb\(public\.|^t::text from public\./, '').replace(/[ (].*$/s, ''))
    // The member and the branch secretary read it, so that silence proves something.
    for (const who of ['party', 'branch'])
      expect(await telling(who)).toEqual(
        expect.arrayContaining([
          'party_score',
          'party_quarter_scores',
          'party_year_scores',
          'party_score_entries',
          ...(who === 'branch' ? ['branch_scores'] : []),
        ]),
      )
    for (const who of ['colleague', 'deputy', 'secretary', 'street', 'worker'])
      expect(await telling(who), who).toEqual([])
    // And it would be heard if one policy were too many.
    await site.client.exec(
      'create policy too_many on public.party_quarter_scores for select to authenticated using (true)',
    )
    expect(await telling('colleague')).toContain('party_quarter_scores')
    await site.client.exec('drop policy too_many on public.party_quarter_scores')
  }, 60_000)

  test('is in no embed', async () => {
    for (const path of [
      'persons?select=id,party_score_entries(points)',
      'party_memberships?select=person_id,party_orgs(name,party_quarter_scores(score))',
      'party_orgs?select=name,party_quarter_scores(score,person_id),party_year_scores(score)',
      'party_score_rulesets?select=code,party_score_entries(person_id,points)',
      'party_attendances?select=person_id,persons(party_score_entries(points))',
    ]) {
      const { text } = await ask('colleague', path)
      expect(text, path).not.toMatch(/"(score|points)":\s*[\d.]/)
    }
  })

  test('is in no estimate: the planner guesses the same for everybody', async () => {
    // Statistics know no policy: with them a guess tells a member from a neighbour, and how many are below the line.
    await site.client.exec(
      `insert into public.party_remarks (community_id, id, person_id, kind, occurred_on, note, recorded_by, recorded_at)
        select tests.a(), private.new_id(), tests.id('party'), 'praise', '2026-05-01', '好', tests.id('branch'), private.now() from generate_series(1, 40);
      analyze;`,
    )
    const guess = async (query: string) => {
      const { range } = await ask('volunteer', query, undefined, { prefer: 'count=planned' })
      expect(range, query).toMatch(/\*\/\d+$/)
      return range
    }
    const neighbour = (await site.client.query<{ v: string }>(`select tests.id('resident')::text as v`))[0]!.v
    for (const table of [
      ...TABLES,
      'party_memberships',
      'party_attendances',
      'party_exemptions',
      'duty_logs',
      'pledges',
      'community_checkins',
      'consents',
    ])
      expect(await guess(`${table}?select=id&person_id=eq.${ids['party']}`), table).toBe(
        await guess(`${table}?select=id&person_id=eq.${neighbour}`),
      )
    expect(await guess('party_year_scores?select=id&band=eq.below')).toBe(
      await guess('party_year_scores?select=id&band=eq.good'),
    )
    expect(await guess('party_remarks?select=id&kind=eq.praise')).toBe(
      await guess('party_remarks?select=id&kind=eq.veto'),
    )
  })

  test('is in no function and in no error', async () => {
    const calls: [string, Record<string, unknown>][] = [
      ['party_score', { p_person_id: ids['party'] }],
      ['branch_scores', { p_org_id: ids['party org'] }],
      ['branch_desk', { p_org_id: ids['party org'] }],
      ['object_to_score', { p_id: crypto.randomUUID(), p_score_id: ids['quarter 2'], p_text: '看看' }],
      ['answer_score_objection', { p_id: crypto.randomUUID(), p_objection_id: ids['objection'], p_answer: '看看' }],
      ['withdraw_party_remark', { p_id: crypto.randomUUID(), p_remark_id: ids['remark'] }],
      ['confirm_quarter', { p_id: crypto.randomUUID(), p_org_id: ids['party org'], p_year: 2026, p_quarter: 3 }],
      [
        'record_party_remark',
        {
          p_id: crypto.randomUUID(),
          p_person_id: ids['party'],
          p_kind: 'praise',
          p_occurred_on: '2026-11-01',
          p_note: '好',
        },
      ],
    ]
    for (const person of ['colleague', 'volunteer', 'secretary', 'street'])
      for (const [name, args] of calls) {
        const { status, text } = await ask(person, `rpc/${name}`, { p_community_id: ids['A'], ...args })
        expect([name, status >= 400 && status < 500], `${person} ${text}`).toEqual([name, true])
        expect(text, name).not.toMatch(/"?(score|total|points)"?:\s*-?\d/)
      }
    // The inbox and the audit trail say that something was, never how much.
    const audit = (await ask('secretary', 'audit_logs?select=detail,result')).text
    expect(audit).not.toMatch(/"(score|points|band|total)"/)
  })
})
