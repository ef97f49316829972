import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atOnce, command, id, makeCrowd, range, type Answer } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

const PARALLEL = 200

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, PARALLEL)
  // No limit but the balance and the stock.
  await database.client.exec(`
    update communities set settings = settings || '{"reward_min_points": 0, "reward_orders_per_month": 31, "reward_points_per_year": 100000}' where id = tests.a();
    select tests.give_points('c' || n, 100) from generate_series(1, ${PARALLEL}) n`)
  pool = database.pool(60)
}, 120_000)
afterAll(() => database.drop())

async function one<T>(sql: string): Promise<T> {
  return ((await pool.query(sql)).rows as { v: T }[])[0]!.v
}
const order = (who: string, item: string, name: string) =>
  command(pool, who, `place_order(tests.a(), ${id(name)}, ${id(item)})`)
const tally = (answers: Answer[]) => {
  const words = answers.map((a) => ('ok' in a ? 'ok' : 'refused' in a ? a.refused : a.failed))
  return Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((w) => w === word).length]))
}
const account = (who: string) =>
  one<string>(`select format('%s held of %s', held, balance) as v from point_accounts where id = ${id(who)}`)
const stock = () =>
  one<string>(`select format('%s held of %s', held, on_hand) as v from reward_stocks where item_id = ${id('soap')}`)

test('200 orders of one person at once spend exactly the balance', async () => {
  // A service of 20 points: five of them are in 100 points.
  const answers = await atOnce(range(PARALLEL).map((n) => () => order('c1', 'haircut', `own ${n}`)))
  expect(tally(answers)).toEqual({ ok: 5, points_not_enough: PARALLEL - 5 })
  expect(await account('c1')).toBe('100 held of 100')
}, 60_000)

test('200 people at once for the last pieces take exactly what is there', async () => {
  const people = range(PARALLEL).filter((n) => n > 1)
  const answers = await atOnce(people.map((n) => () => order(`c${n}`, 'soap', `piece ${n}`)))
  expect(tally(answers)).toEqual({ ok: 5, reward_out_of_stock: people.length - 5 })
  expect(await stock()).toBe('5 held of 5')
  expect(await one(`select sum(held)::int as v from point_accounts where id <> ${id('c1')}`)).toBe(50)
}, 60_000)

test('one code handed over by two at once is spent once, and one order ends once', async () => {
  const taken = await one<string>(
    `select person_id::text || ' ' || id::text as v from reward_orders where item_id = ${id('soap')} limit 1`,
  )
  const [person, orderId] = taken.split(' ') as [string, string]
  const who = `c${await one<number>(`select n as v from generate_series(1, ${PARALLEL}) n where tests.id('c' || n) = '${person}'`)}`
  const code = ((await command(pool, who, `my_pickup_code(tests.a(), '${orderId}')`)) as { ok: { code: string } }).ok
    .code
  expect(await command(pool, 'clerk', `look_up_pickup(tests.a(), '${code}')`)).toMatchObject({ ok: { found: true } })
  const answers = await atOnce([
    ...range(10).map(() => () => command(pool, 'clerk', `fulfil_order(tests.a(), tests.new(), '${code}')`)),
    ...range(10).map(() => () => command(pool, who, `cancel_order(tests.a(), tests.new(), '${orderId}')`)),
  ])
  expect(answers.filter((answer) => 'ok' in answer)).toHaveLength(1)
  expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
  expect(await one(`select count(*)::int as v from private.accounts_off(tests.a())`)).toBe(0)
}, 30_000)

test('people whose orders lapsed under each other never deadlock, and everything comes back', async () => {
  await pool.query(`update reward_orders set lapses_at = placed_at where status in ('placed', 'ready')`)
  const answers = await atOnce(
    range(60).flatMap((n) => [
      () => order(`c${(n % 6) + 1}`, 'soap', `again ${n}`),
      () => order(`c${((n + 3) % 6) + 1}`, 'haircut', `again too ${n}`),
      // They look into their inboxes meanwhile, which writes the same down and waits for nobody.
      () => command(pool, `c${((n + 1) % 6) + 1}`, 'my_unread(tests.a())'),
    ]),
  )
  expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
  expect(
    await one(`select count(*)::int as v from point_accounts a where held <> (select coalesce(sum(points), 0) from reward_orders o
      where o.person_id = a.id and o.status in ('placed', 'ready'))`),
  ).toBe(0)
  expect(
    await one(`select (select count(*) from notifications where kind = 'reward_lapsed')::int
      - (select count(*) from reward_orders where status = 'lapsed')::int as v`),
    'each lapse is told once',
  ).toBe(0)
  expect(await one(`select count(*)::int as v from private.accounts_off(tests.a())`)).toBe(0)
  expect(await one('select private.first_broken_audit_link(tests.a()) as v')).toBeNull()
}, 60_000)
