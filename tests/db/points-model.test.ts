import { performance } from 'node:perf_hooks'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Rng } from '../../supabase/seed/random'
import { ENTRIES_EACH, fillLedger } from '../factories/big-ledger'
import { atOnce, command, id, makeCrowd, range } from '../factories/crowd'
import { type Entry, PlainLedger, type Rules, shanghaiDay, VOL_2026_1 } from '../factories/plain-ledger'
import { createDatabase, type TestDatabase } from '../support/postgres'

const GROUPS = 10
const GROUP = 12
const PEOPLE = GROUPS * GROUP
const STEPS = 10_000
const BATCH = 500
const CONNECTIONS = 40

/** What the steps of the model are in the database. Each answers with the account as it is then and what it wrote. */
const DRIVER = `
create function tests.step(o jsonb) returns jsonb language plpgsql as $$
declare
  v_person uuid := tests.id(o ->> 'person');
  v_source uuid := tests.id(o ->> 'source');
  v_said text;
begin
  perform set_config('sanlian.now', o ->> 'now', true);
  begin
    case o ->> 'do'
      when 'award' then perform private.award_points(tests.a(), v_person, o ->> 'rule', o ->> 'kind', v_source, (o ->> 'day')::date,
        jsonb_strip_nulls(jsonb_build_object('kind', o ->> 'wish')), null);
      when 'reverse' then perform private.reverse_award(tests.a(), o ->> 'kind', v_source, tests.id(o ->> 'reversal'), null);
      when 'adjust' then perform private.post_entry(tests.a(), private.new_id(), v_person, 'VOL-2026.1', 'ADJUST', 'manual', v_source, (o ->> 'amount')::int, private.today(), '{}', null);
      when 'hold' then perform private.hold_points(tests.a(), v_source, v_person, (o ->> 'amount')::int, 'reward_order', v_source);
      when 'capture' then perform private.capture_hold(tests.a(), v_source, null);
      when 'release' then perform private.release_hold(tests.a(), v_source);
      when 'touch' then perform private.lock_account(tests.a(), v_person);
      when 'serve' then
        insert into service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
          select tests.a(), v_source, v_person, r.activity_id, r.shift_id, r.signup_id, (o ->> 'day')::date, private.now(), private.now(), (o ->> 'amount')::int, 'scanned', tests.id('leader'), private.now()
          from service_records r where r.id = tests.id('record volunteer on past');
        perform private.post_service_points(tests.a(), private.new_id(), v_person, v_source, (o ->> 'day')::date, (o ->> 'amount')::int, (o ->> 'before')::int, null);
      when 'unserve' then
        insert into service_records (community_id, id, person_id, activity_id, shift_id, signup_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at, reverses_id)
          select tests.a(), tests.id(o ->> 'reversal'), v_person, r.activity_id, r.shift_id, r.signup_id, r.service_date, r.starts_at, r.ends_at, -r.minutes, r.provenance, r.confirmed_by, private.now(), r.id
          from service_records r where r.id = v_source;
        perform private.reverse_award(tests.a(), 'service_record', v_source, tests.id(o ->> 'reversal'), null);
        perform private.settle_service_bonuses(tests.a(), v_person, (o ->> 'day')::date, tests.id(o ->> 'reversal'), null, false);
      when 'rules' then
        insert into point_rulesets (community_id, id, code, effective_from, published_at) values (tests.a(), v_source, o ->> 'source', (o ->> 'day')::date, private.now());
        insert into point_rules select tests.a(), v_source, r.code, r.kind, r.points, r.points_per_half_hour, r.multiplier, r.max_minutes_per_day, r.cap_period, r.cap_times, r.cap_points, r.data
          from jsonb_populate_recordset(null::point_rules, o -> 'rules') r;
    end case;
  exception when sqlstate 'PT422' or sqlstate 'PT409' or sqlstate 'PT404' then
    v_said := sqlerrm;
  end;
  return jsonb_build_object('said', v_said, 'available', private.points_available(tests.a(), v_person),
    'account', (select jsonb_build_array(a.balance, a.held, a.debt) from point_accounts a where a.community_id = tests.a() and a.id = v_person),
    'entries', (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'rule', e.rule_code, 'source', e.source_id, 'amount', e.amount, 'points', e.points, 'debt', e.debt_change, 'day', e.occurred_on, 'reverses', e.reverses_id)), '[]')
      from point_entries e where e.community_id = tests.a() and e.person_id = v_person and e.posted_at = private.now()));
end $$;
create procedure tests.steps(p_steps jsonb, inout p_told jsonb) language plpgsql as $$
declare
  v_told jsonb[] := '{}';
  o jsonb;
begin
  for o in select x.o from jsonb_array_elements(p_steps) with ordinality x (o, n) order by n loop
    v_told := v_told || tests.step(o);
    -- Each step is a transaction, as a command is.
    commit;
  end loop;
  p_told := to_jsonb(v_told);
end $$;
`

interface Told {
  said: string | null
  available: number
  account: [number, number, number]
  entries: (Omit<Entry, 'person' | 'kind' | 'isReversed' | 'at'> & { reverses: string | null })[]
}
type Step = Record<string, unknown> & { do: string; person: string; source: string; day: string; now: string }

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, PEOPLE + 2)
  await database.client.exec(DRIVER)
  pool = database.pool(CONNECTIONS)
}, 120_000)
afterAll(() => database.drop())
const one = async <T>(sql: string) => ((await pool.query(sql)).rows as { v: T }[])[0]!.v

type Draw = Step & { play: (model: PlainLedger) => string | null | void }

const KINDS: [rule: string, kind: string][] = [
  ['V06', 'activity'],
  ['V07', 'wish'],
  ['V08', 'visit'],
  ['V09', 'topic'],
  ['V10', 'training'],
  ['V11', 'feedback'],
  ['V12', 'referral'],
  ['D01', 'no_show'],
  ['D02', 'late_cancel'],
  ['D04', 'false_record'],
]

/** Draws steps without looking at the ledger: some are refused, some find nothing to do. */
class Steps {
  private random = new Rng('points-model')
  private now = Date.parse('2026-01-05T01:00:00Z')
  private awards: { person: string; rule: string; kind: string; source: string; day: string }[] = []
  private holds: { person: string; source: string }[] = []
  private services: { person: string; source: string; day: string; minutes: number; reversed: boolean }[] = []

  draw(n: number): Draw {
    const { random } = this
    this.now += random.int(1, 32_400) * 1000
    // Groups take turns, so that each ledger is dense in time and none grows without end.
    const person = `c${Math.floor(((n - 1) * GROUPS) / STEPS) * GROUP + random.int(1, GROUP)}`
    const source = `s${n}`
    const day = shanghaiDay(this.now - random.int(0, 20) * 86_400_000)
    const base = { now: new Date(this.now).toISOString(), person, source, day, at: this.now }
    const dice = random.int(1, 100)
    if (dice <= 30) {
      const [rule, kind] = random.pick(dice <= 2 ? KINDS.slice(7) : KINDS.slice(0, 9))
      const wish = rule === 'V07' ? random.pick(['goods', 'service', 'companionship']) : undefined
      // Every tenth comes a second time.
      const again = random.chance(0.1) && this.awards.length > 0 ? random.pick(this.awards) : null
      const award = again ?? { person, rule, kind, source, day }
      if (!again) this.awards.push(award)
      return {
        ...base,
        ...award,
        do: 'award',
        wish,
        play: (model) => void model.award(award.person, award.rule, award.kind, award.source, award.day, wish),
      }
    }
    if (dice <= 36 && this.awards.length > 0) {
      const award = random.pick(this.awards.slice(-400))
      return {
        ...base,
        ...award,
        do: 'reverse',
        reversal: source,
        play: (model) => void model.reverse(award.person, award.kind, award.source, source),
      }
    }
    if (dice <= 60) {
      const minutes = random.int(1, 8) * 35
      const before = this.services
        .filter((s) => s.person === person && s.day === day && !s.reversed)
        .reduce((sum, s) => sum + s.minutes, 0)
      this.services.push({ person, source, day, minutes, reversed: false })
      return {
        ...base,
        do: 'serve',
        amount: minutes,
        before,
        play: (model) => void model.serve(person, source, day, minutes),
      }
    }
    if (dice <= 65) {
      const service = random.pick(
        this.services
          .filter((s) => !s.reversed)
          .slice(-200)
          .concat(this.services.slice(-1)),
      )
      if (service && !service.reversed) {
        service.reversed = true
        return {
          ...base,
          person: service.person,
          source: service.source,
          day: service.day,
          do: 'unserve',
          reversal: source,
          play: (model) => model.unserve(service.source, source),
        }
      }
    }
    if (dice <= 80) {
      const amount = random.int(1, 30) * 5
      this.holds.push({ person, source })
      return { ...base, do: 'hold', amount, play: (model) => model.hold(person, source, amount) }
    }
    if (dice <= 93 && this.holds.length > 0) {
      const hold = random.pick(this.holds.slice(-40))
      const end = random.chance(0.5) ? 'capture' : 'release'
      return {
        ...base,
        ...hold,
        do: end,
        play: (model) => model.end(hold.source, end === 'capture' ? 'captured' : 'released'),
      }
    }
    if (dice <= 96) {
      const amount = random.int(-40, 40)
      return {
        ...base,
        do: 'adjust',
        amount,
        play: (model) =>
          void model.post({
            person,
            rule: 'ADJUST',
            kind: 'manual',
            source,
            amount,
            day: shanghaiDay(model.now),
            reverses: null,
          }),
      }
    }
    if (dice === 97 && random.chance(0.2)) return this.changeRules(base)
    return { ...base, do: 'touch', play: (model) => model.expire(person) }
  }

  private changeRules(base: Omit<Step, 'do'> & { at: number }): Draw {
    const { random } = this
    const from = shanghaiDay(this.now + 7 * 86_400_000)
    const rules: Rules = {
      ...VOL_2026_1,
      V01: { ...VOL_2026_1['V01']!, each: random.int(3, 8), most: random.int(20, 80) * 5 },
      V05: { ...VOL_2026_1['V05']!, points: random.int(0, 40) },
      V06: { ...VOL_2026_1['V06']!, times: random.int(0, 6) },
      V10: { ...VOL_2026_1['V10']!, points: random.int(1, 9), most: random.int(0, 40) },
      D01: { points: 0 - random.int(0, 20) },
    }
    const rows = Object.entries(rules).map(([code, rule]) => ({
      code,
      kind:
        code === 'V01'
          ? 'service'
          : code.startsWith('D')
            ? 'deduction'
            : ['V04', 'V05', 'V13'].includes(code)
              ? 'bonus'
              : 'award',
      points: code === 'V01' ? null : rule.points,
      points_per_half_hour: rule.each ?? null,
      max_minutes_per_day: code === 'V01' ? 480 : null,
      cap_period: rule.period ?? null,
      cap_times: rule.times ?? null,
      cap_points: rule.most ?? null,
      data:
        code === 'V04'
          ? { day: 28 }
          : code === 'V05'
            ? { month: 3, min_times: 3, min_minutes: 360 }
            : code === 'V07'
              ? { points_by_kind: rule.byKind }
              : code === 'D04'
                ? { freeze_days: 90 }
                : {},
    }))
    return {
      ...base,
      do: 'rules',
      day: from,
      rules: rows,
      play: (model: { versions: unknown[] }) => void model.versions.push({ from, rules }),
    } as unknown as Draw
  }
}

describe('the ledger', () => {
  test(`agrees with a plain one after each of ${STEPS} random steps`, async () => {
    const began = performance.now()
    const random = new Steps()
    const model = new PlainLedger()
    const uuids = new Map<string, string>()
    const counts: Record<string, number> = {}

    for (let from = 0; from < STEPS; from += BATCH) {
      const steps = range(BATCH).map((n) => random.draw(from + n))
      const { rows } = await pool.query('select n, tests.id(n) as id from unnest($1::text[]) n', [
        steps.map((_, i) => `s${from + i + 1}`),
      ])
      for (const row of rows as { n: string; id: string }[]) uuids.set(row.n, row.id)
      const answer = await pool.query(`call tests.steps($1::jsonb, null)`, [JSON.stringify(steps)])
      const told = (answer.rows as { p_told: Told[] }[])[0]!.p_told

      // Plans made while the tables were empty must not last.
      await database.client.exec('analyze point_entries, point_lots, point_accounts, service_records')

      steps.forEach((step, i) => {
        const got = told[i]!
        model.now = step['at'] as number
        const said = step.play(model) ?? null
        const { person } = step
        const key = (entry: { rule: string; source: string; reverses: string | null }) =>
          `${entry.rule} of ${uuids.get(entry.source) ?? entry.source} against ${entry.reverses}`
        const wanted = model.fresh.map((entry) => ({
          key: key(entry),
          amount: entry.amount,
          points: entry.points,
          debt: entry.debt,
          day: entry.day,
        }))
        const written = got.entries.map(({ amount, points, debt, day, ...entry }) => ({
          key: key(entry),
          amount,
          points,
          debt,
          day,
        }))
        const inOrder = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
        expect(
          {
            said: got.said,
            account: got.account ?? [0, 0, 0],
            available: got.available,
            entries: written.sort(inOrder),
          },
          `step ${from + i}: ${JSON.stringify({ ...step, rules: undefined })}`,
        ).toEqual({
          said,
          account: [model.balance(person), model.held(person), model.debt(person)],
          available: model.available(person),
          entries: wanted.sort(inOrder),
        })
        model.adopt((entry) => got.entries.find((other) => key(other) === key(entry))!.id)
        counts[said ?? step.do] = (counts[said ?? step.do] ?? 0) + 1
      })

      expect(await one('select count(*)::int as v from private.accounts_off(tests.a())')).toBe(0)
      const { rows: lots } = await pool.query(
        `select id, remaining, held, expired from point_lots where community_id = tests.a() and person_id <> ${id('volunteer')} order by id`,
      )
      const mine = [...model.lots.values()]
        .flat()
        .map(({ id: lot, remaining, held, expired }) => ({ id: lot, remaining, held, expired }))
      expect(lots).toEqual(mine.sort((a, b) => (a.id < b.id ? -1 : 1)))
    }
    console.info(`${STEPS} steps in ${((performance.now() - began) / 1000).toFixed(1)} s: ${JSON.stringify(counts)}`)
  }, 400_000)

  test('parallel spends on one balance spend exactly what is there', async () => {
    const who = `c${PEOPLE + 1}`
    await pool.query(
      `select private.award_points(tests.a(), ${id(who)}, 'V13', 'year_bonus', tests.new(), '2026-11-01', '{}', null)`,
    )
    const answers = await atOnce(
      range(200).map(
        (n) => () =>
          pool
            .query(
              `select private.hold_points(tests.a(), ${id(`p${n}`)}, ${id(who)}, 5, 'reward_order', ${id(`p${n}`)})`,
            )
            .then(
              () => 'held',
              (error: Error) => error.message,
            ),
      ),
    )
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'points_not_enough')).toHaveLength(190)
    await atOnce(
      range(200).map(
        (n) => () =>
          pool
            .query(`select private.capture_hold(tests.a(), ${id(`p${n}`)}, null)`)
            .catch((error: Error) => error.message),
      ),
    )
    expect(await one(`select array[balance, held] as v from point_accounts where id = ${id(who)}`)).toEqual([0, 0])
    expect(await one('select count(*)::int as v from private.accounts_off(tests.a())')).toBe(0)
  })

  test('two people at once post one adjustment once', async () => {
    const who = `c${PEOPLE + 2}`
    expect(
      await command(pool, 'worker', `propose_manual_adjustment(tests.a(), ${id('adjust')}, ${id(who)}, 15, '补记')`),
    ).toHaveProperty('ok')
    expect(await command(pool, 'worker', `post_manual_adjustment(tests.a(), tests.new(), ${id('adjust')})`)).toEqual({
      refused: 'own_proposal',
    })
    const answers = await atOnce(
      ['secretary', 'street', 'secretary', 'street'].map(
        (by) => () => command(pool, by, `post_manual_adjustment(tests.a(), tests.new(), ${id('adjust')})`),
      ),
    )
    expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(1)
    expect(await one(`select balance as v from point_accounts where id = ${id(who)}`)).toBe(15)
  })

  test('a full recompute of a hundred thousand entries is the balances', async () => {
    const { client } = database
    // A million of them: tests/bench/points-recompute.bench.ts.
    await fillLedger(client, 1000)
    const off = 'select count(*)::int as v from private.accounts_off(tests.b())'
    expect(
      await one('select count(*)::int as v from point_entries where community_id = tests.b()'),
    ).toBeGreaterThanOrEqual(1000 * ENTRIES_EACH)
    expect(await one(off)).toBe(0)
    await client.transaction((tx) =>
      tx.exec(
        `set local session_replication_role = replica; update point_entries set points = points + 1 where id = (select id from point_entries where community_id = tests.b() limit 1)`,
      ),
    )
    expect(await one(off), 'and finds one point too much').toBe(1)
  }, 120_000)
})
