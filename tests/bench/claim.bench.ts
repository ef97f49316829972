import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, test } from 'vitest'
import type pg from 'pg'
import { atOnce, command, id, makeCrowd, range } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

/**
 * What things cost against each other, in one run on one machine. Nothing here passes or fails by a time; run it with
 * `npx vitest run --config tests/bench/vitest.config.ts` and read the lines.
 */
const CLIENTS = 16
const CLAIMS = 600

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, CLAIMS)
  await database.client
    .exec(`create table tests.bare (id uuid primary key, person uuid, at timestamptz default now()); grant insert on tests.bare to authenticated;
    create function public.bare_insert(p_id uuid) returns jsonb language sql security definer set search_path = '' as $$ insert into tests.bare (id) values (p_id) returning '{}'::jsonb $$`)
  pool = database.pool(CLIENTS)
}, 120_000)
afterAll(() => database.drop())

async function perSecond(job: (n: number) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await atOnce(range(CLAIMS).map((n) => () => job(n)))
  return CLAIMS / ((performance.now() - began) / 1000)
}
const say = (what: string, rate: number, base: number) =>
  console.info(`${what}: ${rate.toFixed(0)}/s, ${(base / rate).toFixed(1)} × the cost of a bare insert`)

test('claims against a bare insert', async () => {
  await perSecond((n) => command(pool, `c${n}`, 'my_session()'))
  const bare = await perSecond((n) => command(pool, `c${n}`, 'bare_insert(gen_random_uuid())'))
  say('bare insert', bare, bare)

  await pool.query(`select tests.make_shift('hot', '2026-11-21 09:00', 60, 20)`)
  say(
    'one hot shift of 20 places',
    await perSecond((n) => command(pool, `c${n}`, `claim_shift(tests.a(), gen_random_uuid(), ${id('hot')})`)),
    bare,
  )

  await pool.query(`select tests.make_shift('cool ' || n, '2026-11-22 09:00', 60, 20) from generate_series(1, 100) n`)
  say(
    'a hundred shifts',
    await perSecond((n) =>
      command(pool, `c${n}`, `claim_shift(tests.a(), gen_random_uuid(), ${id(`cool ${(n % 100) + 1}`)})`),
    ),
    bare,
  )

  // The body of the audit's writer is emptied by renaming it away.
  await pool.query(`alter function private.write_audit(uuid, uuid, uuid, uuid, uuid, text, text, uuid, jsonb, text, jsonb) rename to write_audit_off;
    create function private.write_audit(uuid, uuid, uuid, uuid, uuid, text, text, uuid, jsonb, text, jsonb) returns void language sql set search_path = '' as $$ select $$`)
  await pool.query(`select tests.make_shift('dry ' || n, '2026-11-23 09:00', 60, 20) from generate_series(1, 100) n`)
  say(
    'a hundred shifts without the audit chain',
    await perSecond((n) =>
      command(pool, `c${n}`, `claim_shift(tests.a(), gen_random_uuid(), ${id(`dry ${(n % 100) + 1}`)})`),
    ),
    bare,
  )
}, 120_000)

test('a list under row-level security against the bare one', async () => {
  await pool.query(`insert into notifications (community_id, id, person_id, kind, created_at)
    select tests.a(), gen_random_uuid(), tests.id('c' || (1 + n % ${CLAIMS})), 'offer_made', now() from generate_series(1, 60000) n`)
  await pool.query('analyze')
  const client = await pool.connect()
  const times = async (prepare: string, statement: string) => {
    await client.query(`begin; ${prepare}`)
    await client.query(statement)
    const began = performance.now()
    for (let n = 0; n < 50; n += 1) await client.query(statement)
    const each = (performance.now() - began) / 50
    await client.query('rollback')
    return each
  }
  const without = await times(
    'select 1',
    `select * from notifications where community_id = tests.a() and person_id = ${id('c1')}`,
  )
  const own = await times(`select tests.become('c1')`, 'select * from notifications where community_id = tests.a()')
  const bare = await times(`select tests.become('c1')`, 'select * from notifications')
  client.release()
  console.info(
    `100 of 60,000 rows: ${without.toFixed(2)} ms as the owner by person; ${own.toFixed(2)} ms under RLS by community (× ${(own / without).toFixed(1)}); ${bare.toFixed(
      2,
    )} ms under RLS without a filter (× ${(bare / without).toFixed(1)})`,
  )
}, 120_000)
