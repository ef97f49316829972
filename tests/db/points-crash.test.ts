import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresClient } from '../../supabase/embedded/sql-client'
import { command, makeCrowd, range } from '../factories/crowd'
import { connect } from '../support/cluster'
import { migratedCluster, type MigratedCluster } from '../support/migrated-cluster'

const KILLS = 20
const WORKERS = 6

let cluster: MigratedCluster
beforeAll(async () => {
  cluster = await migratedCluster({ flags: ['-c', 'fsync=on'] })
  const sql = connect(cluster.url, 1)
  await makeCrowd({ client: postgresClient(sql), name: new URL(cluster.url).pathname.slice(1) } as never, 20)
  await sql.end()
}, 120_000)
afterAll(() => cluster.stop())

type Job = (pool: pg.Pool) => Promise<unknown>

/** One act by a name of its own: sent again under it, it is done once. Each is a whole transaction. */
function jobOf(name: string, n: number): Job {
  const who = `tests.id('c${(n % 20) + 1}')`
  const id = `tests.id('${name}')`
  const run = (sql: string) => (pool: pg.Pool) => pool.query(sql)
  switch (n % 4) {
    case 0:
      return run(
        `select private.award_points(tests.a(), ${who}, 'V13', 'year_bonus', ${id}, '2026-01-01'::date + ${n}, '{}', null)`,
      )
    case 1:
      // An order that was answered before holds already; one that finds too little is refused for good.
      return run(`do $$ begin
        if not exists (select 1 from private.point_holds h where h.community_id = tests.a() and h.id = ${id}) then
          perform private.hold_points(tests.a(), ${id}, ${who}, 5, 'reward_order', ${id});
          perform private.${n % 8 === 1 ? `capture_hold(tests.a(), ${id}, null)` : `release_hold(tests.a(), ${id})`};
        end if;
      exception when sqlstate 'PT422' then null; end $$`)
    default:
      return async (pool) => {
        const said = await command(pool, 'worker', `propose_manual_adjustment(tests.a(), ${id}, ${who}, 5, '补记')`)
        if ('failed' in said) throw new Error(said.failed)
        const posted = await command(
          pool,
          'secretary',
          `post_manual_adjustment(tests.a(), tests.id('post ${name}'), ${id})`,
        )
        if ('failed' in posted) throw new Error(posted.failed)
        if ('refused' in posted) throw new Error(`refused: ${posted.refused}`)
      }
  }
}

test(`${KILLS} times SIGKILL under load: no acknowledged command is lost, none is half, every balance agrees`, async () => {
  const acknowledged: string[] = []
  let unanswered = 0
  let next = 0
  for (const kill of range(KILLS)) {
    const pool = new pg.Pool({ connectionString: cluster.url, max: WORKERS, connectionTimeoutMillis: 5000 })
    pool.on('error', () => {})
    const load = { isOver: false }
    const cut: { name: string; n: number }[] = []
    const workers = range(WORKERS).map(async () => {
      while (!load.isOver) {
        const n = (next += 1)
        const name = `k${n}`
        try {
          await jobOf(name, n)(pool)
          acknowledged.push(name)
        } catch (error) {
          if (String(error).includes('refused')) throw error
          cut.push({ name, n })
          return
        }
      }
    })
    await new Promise((done) => setTimeout(done, 120 + (kill % 5) * 40))
    await cluster.crash()
    load.isOver = true
    await Promise.all(workers)
    await pool.end()

    // What was not answered is sent again under its name.
    const again = new pg.Pool({ connectionString: cluster.url, max: 2 })
    for (const { name, n } of cut) {
      unanswered += 1
      await jobOf(name, n)(again)
      acknowledged.push(name)
    }
    const { rows } = await again.query(
      `select (select count(*)::int from private.accounts_off(tests.a())) as off, private.first_broken_audit_link(tests.a()) as broken`,
    )
    expect(rows, `after kill ${kill}`).toEqual([{ off: 0, broken: null }])
    await again.end()
  }

  const pool = new pg.Pool({ connectionString: cluster.url, max: 1 })
  const names = (rest: number[]) => acknowledged.filter((name) => rest.includes(Number(name.slice(1)) % 4))
  const missing = async (sql: string, list: string[]) => ((await pool.query(sql, [list])).rows as { v: number }[])[0]!.v
  const entriesOf = `select count(*)::int as v from unnest($1::text[]) n where 1 <> (
    select count(*) from point_entries e where e.community_id = tests.a() and e.source_id = tests.id(n) and e.reverses_id is null)`
  expect(await missing(entriesOf, names([0])), 'awards that are not there once').toBe(0)
  expect(await missing(entriesOf, names([2, 3])), 'adjustments that are not there once').toBe(0)
  expect(
    await missing(
      `select count(*)::int as v from unnest($1::text[]) n join private.point_holds h on h.community_id = tests.a() and h.id = tests.id(n) where h.status = 'held'`,
      names([1]),
    ),
    'holds left half done',
  ).toBe(0)
  await pool.end()
  console.info(`${KILLS} kills: ${acknowledged.length} commands acknowledged, ${unanswered} sent again`)
}, 240_000)
