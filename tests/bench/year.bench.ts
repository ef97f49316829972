import { afterAll, beforeAll, test } from 'vitest'
import type pg from 'pg'
import { makeCrowd } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

/** The year of a community of 10,000 people with a million records behind it: what its three read functions take. */
const PEOPLE = 10_000
const RECORDS = Number(process.env['YEAR_RECORDS'] ?? 1_000_000)

let database: TestDatabase
let client: pg.PoolClient
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, PEOPLE)
  client = await database.pool(1).connect()
  await client.query(`
    set session_replication_role = replica;
    update public.persons set grid_id = tests.id('grid' || (1 + (hashtext(id::text) & 1))) where community_id = tests.a();
    insert into public.service_records (community_id, id, person_id, activity_id, shift_id, service_date, starts_at, ends_at, minutes, provenance, confirmed_by, confirmed_at)
      select tests.a(), gen_random_uuid(), tests.id('c' || (1 + n % ${PEOPLE})), tests.id(case n % 3 when 0 then 'repair' else 'cleanup' end), tests.id('past'),
        date '2026-01-01' + (n::bigint * 104729 % 320)::int, now(), now(), 30 + n % 90, 'imported', tests.id('leader'), now()
      from generate_series(1, ${RECORDS}) n;
    insert into public.duty_logs (community_id, id, person_id, kind, happened_at, month, minutes, status, submitted_at, verified_at, verified_by)
      select tests.a(), gen_random_uuid(), tests.id('c' || (1 + n % 500)), 'publicity', timestamptz '2026-01-10 04:00+00' + make_interval(months => n % 11),
        (date '2026-01-01' + make_interval(months => n % 11))::date, 60, 'counted', now(), now(), tests.id('branch') from generate_series(1, 20000) n;
    insert into public.wishes (community_id, id, no, kind, wish_for, status, title, body, collected_by, collected_via, collected_at, reviewed_by, reviewed_at, opened_at, realized_at, grid_id)
      select tests.a(), gen_random_uuid(), 1000 + n, 'service', 'empty_nest', 'realized', '灯', '灯', tests.id('grid'), 'visit', now(), tests.id('worker'), now(), now(),
        timestamptz '2026-01-10 04:00+00' + make_interval(days => n % 310), tests.id('grid' || (1 + n % 2)) from generate_series(1, 5000) n;
    delete from public.board_totals where community_id = tests.a();
    insert into public.board_totals (community_id, person_id, period, measure, scope, value, grid_id, is_shown)
      select c.community_id, c.person_id, c.period, c.measure, c.scope, c.value, p.grid_id, false from (
        select tests.a() as community_id, r.* from private.recount_boards(tests.a()) r) c join public.persons p on p.community_id = c.community_id and p.id = c.person_id;
    set session_replication_role = origin;
  `)
  await client.query('vacuum analyze')
}, 1_200_000)
afterAll(() => database.drop())

test('the read functions of the year', async () => {
  const took = async (who: string, call: string) => {
    const times: number[] = []
    for (let n = 0; n < 7; n += 1) {
      await client.query('begin')
      if (who !== 'owner') await client.query('select tests.become($1)', [who])
      const { rows } = await client.query(`explain (analyze, timing off, format json) select ${call}`)
      times.push((rows[0]['QUERY PLAN'] as { 'Execution Time': number }[])[0]!['Execution Time'])
      await client.query('rollback')
    }
    console.info(`${call}: median ${times.toSorted((a, b) => a - b)[3]!.toFixed(1)} ms`)
  }
  await took('c77', 'public.my_year(tests.a())')
  await took('secretary', 'public.year_dashboard(tests.a())')
  for (const part of ['totals', 'months', 'grids', 'corps'])
    await took('owner', `private.year_${part}(tests.a(), 2026, 5)`)
  await took('street', 'public.street_overview()')
  await took('anonymous', `public.board(tests.a(), 'corps_hours', '2026')`)
  await took('anonymous', `public.board(tests.a(), 'grid_hours', '2026-11')`)
}, 600_000)
