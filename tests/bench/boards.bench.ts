import { afterAll, beforeAll, test } from 'vitest'
import type pg from 'pg'
import { makeCrowd } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

/**
 * Boards: what they cost to read at four sizes of the ledger, and what keeping their sums costs the writer. Communities
 * of 10,000 people; times are taken inside the database. `BOARD_ENTRIES=10000,100000 npx vitest run --config
 * tests/bench/vitest.config.ts tests/bench/boards.bench.ts` takes other sizes.
 */
const PEOPLE = 10_000
const SIZES = (process.env['BOARD_ENTRIES'] ?? '10000,100000,1000000,10000000').split(',').map(Number)
const READS = 1000
const PER_COMMUNITY = 1_000_000

let database: TestDatabase
let client: pg.PoolClient
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, PEOPLE)
  client = await database.pool(1).connect()
  await client.query(`
    insert into public.communities (id, org_unit_id, name, method_code, method_version, created_at)
      select md5('more ' || n)::uuid, tests.id('unit A'), '第' || n, 'tuxin', 1, '2026-01-01' from generate_series(1, 9) n;
    insert into public.point_accounts (community_id, id) select tests.a(), tests.id('c' || n) from generate_series(1, ${PEOPLE}) n;
    set session_replication_role = replica;
    insert into public.persons (community_id, id, display_name, birth_year, created_at)
      select md5('more ' || c)::uuid, tests.id('c' || n), '群*', 1985, now() from generate_series(1, 9) c, generate_series(1, ${PEOPLE}) n;
    insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
      select tests.a(), gen_random_uuid(), tests.id('c' || n), 'boards', '1', now(), 'self' from generate_series(1, ${PEOPLE}) n where n % 3 > 0;
    set session_replication_role = origin;
    create table tests.took (what text, ms double precision);
    create function tests.read(p_what text, p_sql text) returns void language plpgsql as $$
    declare
      t timestamptz;
    begin
      for n in 1..${READS} loop
        perform set_config('request.jwt.claim.sub', tests.id('user c' || (1 + (n * 7919) % ${PEOPLE}))::text, true);
        t := clock_timestamp();
        execute format(p_sql, (array['2026-11', '2026-Q4', '2026'])[1 + n % 3]);
        insert into tests.took values (p_what, extract(epoch from clock_timestamp() - t) * 1000);
      end loop;
    end $$;
  `)
}, 300_000)
afterAll(() => database.drop())

/** The ledger as if written over the year up to 16 November, sums made from it in one go (the writer is measured below). */
async function fillTo(size: number): Promise<void> {
  const [{ have }] = (await client.query('select count(*)::int as have from public.point_entries')).rows as [
    { have: number },
  ]
  await client.query(`
    set session_replication_role = replica;
    insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
      select case when n <= ${PER_COMMUNITY} then tests.a() else md5('more ' || (n - 1) / ${PER_COMMUNITY})::uuid end, gen_random_uuid(),
        tests.id('c' || (1 + n % ${PEOPLE})), 'VOL-2026.1', 'V01', 'service_record', gen_random_uuid(), 5 * (1 + n * 31 % 7), date '2026-01-01' + (n::bigint * 104729 % 320)::int, '{}', now()
      from generate_series(${have + 1}, ${size}) n;
    delete from public.board_totals;
    insert into public.board_totals (community_id, period, measure, scope, person_id, value, grid_id, is_shown)
      select e.community_id, p.period, 'points', 'all', e.person_id, sum(e.points), null, substr(e.person_id::text, 1, 1) > '5'
      from public.point_entries e cross join lateral unnest(private.periods_of(e.occurred_on)) p (period) group by 1, 2, 5;
    set session_replication_role = origin;`)
  await client.query('vacuum analyze public.board_totals')
}

/** What this backend has taken of the processor, however busy the machine is; nothing where there is no /proc. */
async function processorMs(): Promise<number> {
  const { rows } = await client
    .query<{ stat: string }>("select pg_read_file('/proc/self/stat') as stat")
    .catch(() => ({ rows: [] as { stat: string }[] }))
  const fields = (rows[0]?.stat ?? '').replace(/^.*\)/, '').trim().split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}

test('reading: top 50 and my place', async () => {
  const first = new Map<string, number>()
  for (const size of SIZES) {
    await fillTo(size)
    for (const round of ['warm', 'read']) {
      await client.query('truncate tests.took')
      for (const [what, sql] of Object.entries({
        'top 50': `select public.board(tests.a(), 'people_points', %L)`,
        'my place': `select public.my_place(tests.a(), 'people_points', %L)`,
      })) {
        const before = await processorMs()
        await client.query('select tests.read($1, $2)', [what, sql])
        if (round === 'read')
          console.info(
            `${size} entries, ${what}: ${(((await processorMs()) - before) / READS).toFixed(2)} ms of the processor on average`,
          )
      }
      if (round === 'warm') continue
      const { rows } = await client.query<{ what: string; p50: number; p99: number }>(
        `select what, percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99 from tests.took group by what order by what`,
      )
      for (const { what, p50, p99 } of rows) {
        if (!first.has(what)) first.set(what, p99)
        console.info(
          `${size} entries, ${what}: p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${(p99 / first.get(what)!).toFixed(2)} × the smallest`,
        )
      }
    }
  }
}, 3_600_000)

test('writing: entries with their sums against entries without', async () => {
  const cost = async (sql: string) => {
    const { rows } = await client.query(`explain (analyze, timing off, format json) ${sql}`)
    return (rows[0]['QUERY PLAN'] as { 'Execution Time': number }[])[0]!['Execution Time']
  }
  const insert = (from: number, to: number) => `
    insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
      select tests.a(), gen_random_uuid(), tests.id('c' || (1 + n % ${PEOPLE})), 'VOL-2026.1', 'V01', 'service_record', gen_random_uuid(), 10, date '2026-11-16' - (n % 40), '{}', now()
      from generate_series(${from}, ${to}) n`
  await client.query(`create function tests.one_by_one(p_from int, p_to int) returns void language plpgsql as $$
    begin for n in p_from..p_to loop
      insert into public.point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
        values (tests.a(), gen_random_uuid(), tests.id('c' || (1 + n % ${PEOPLE})), 'VOL-2026.1', 'V01', 'service_record', gen_random_uuid(), 10, date '2026-11-16', '{}', now());
    end loop; end $$`)
  const medians: Record<string, number> = {}
  for (const [what, run] of Object.entries({
    'one by one': (n: number) => cost(`select tests.one_by_one(${n * 2000}, ${n * 2000 + 1999})`),
    'a load of 100,000': (n: number) => cost(insert(n * 100_000, n * 100_000 + 99_999)),
  })) {
    const times: Record<string, number[]> = { without: [], with: [] }
    for (let n = 0; n < 5; n += 1)
      for (const way of ['without', 'with']) {
        await client.query('begin')
        if (way === 'without')
          await client.query('alter table public.point_entries disable trigger tg_point_entries__board_totals')
        times[way]!.push(await run(n))
        await client.query('rollback')
      }
    for (const way of ['without', 'with']) medians[`${what} ${way}`] = times[way]!.toSorted((a, b) => a - b)[2]!
    console.info(
      `${what}: ${medians[`${what} without`]!.toFixed(0)} ms without sums, ${medians[`${what} with`]!.toFixed(0)} ms with, ${(medians[`${what} with`]! / medians[`${what} without`]!).toFixed(2)} ×`,
    )
  }
}, 600_000)
