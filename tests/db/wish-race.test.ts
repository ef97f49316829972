import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOnce, command, id, makeCrowd, range, type Answer } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

const CROWD = 500

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, CROWD)
  pool = database.pool(50)
}, 120_000)
afterAll(() => database.drop())

const one = async <T>(sql: string): Promise<T> => ((await pool.query(sql)).rows as { v: T }[])[0]!.v
const outcome = (answer: Answer) =>
  'ok' in answer ? String(answer.ok['status']) : 'refused' in answer ? answer.refused : answer.failed
const count = (answers: Answer[]) => {
  const said = answers.map(outcome)
  return Object.fromEntries(
    [...new Set(said)].sort().map((item) => [item, said.filter((other) => other === item).length]),
  )
}
const claim = (who: string, wish: string, parts = 1) =>
  command(pool, who, `claim_wish(tests.a(), ${id(`${who} takes ${wish}`)}, ${id(wish)}, ${parts})`)
const held = (wish: string) =>
  one<number>(
    `select coalesce(sum(k.parts), 0)::int as v from wish_claims k where k.wish_id = ${id(wish)} and k.status in ('asked', 'approved', 'delivering', 'realized')`,
  )
const taken = (wish: string) => one<number>(`select parts_taken as v from wishes where id = ${id(wish)}`)

describe('five hundred donors at once', () => {
  test('one of them has the wish', async () => {
    await pool.query(`select tests.make_wish(tests.a(), '', 'wanted')`)
    const answers = await atOnce(range(CROWD).map((n) => () => claim(`c${n}`, 'wanted')))
    expect(count(answers)).toEqual({ asked: 1, wish_taken: CROWD - 1 })
    expect([await held('wanted'), await taken('wanted')]).toEqual([1, 1])
    expect(await one('select private.first_broken_audit_link(tests.a()) as v')).toBeNull()
  }, 60_000)

  test('a shared wish is promised to its last part and never beyond, while others give back', async () => {
    await pool.query(`select tests.make_wish(tests.a(), '', 'shared', 'open', 'goods', 20)`)
    const answers = await atOnce(
      range(150).flatMap((n) => [
        () => claim(`c${n}`, 'shared', (n % 3) + 1),
        ...(n % 5 === 0
          ? [
              () =>
                command(pool, `c${n}`, `release_wish(tests.a(), tests.new(), ${id(`c${n} takes shared`)}, '来不及了')`),
            ]
          : []),
      ]),
    )
    expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
    expect(await taken('shared')).toBe(await held('shared'))
    expect(await taken('shared')).toBeLessThanOrEqual(20)
    expect(await taken('shared')).toBeGreaterThan(10)
  }, 60_000)

  test('a donor holds three, however fast', async () => {
    await pool.query(`select tests.make_wish(tests.a(), '', 'w' || n) from generate_series(1, 12) n`)
    expect(count(await atOnce(range(12).map((n) => () => claim('c300', `w${n}`))))).toEqual({
      asked: 3,
      too_many_claims: 9,
    })
  })

  test('firms that take the same wishes in any order never wait for each other for ever', async () => {
    await pool.query(`select tests.make_wish(tests.a(), '', 'f' || n) from generate_series(1, 8) n;
      select tests.make_role(tests.a(), 'c' || n, 'partner_contact') from generate_series(401, 412) n`)
    const answers = await atOnce(
      range(12).map((n) => () => {
        const order = n % 2 ? 'n' : '-n'
        return command(
          pool,
          `c${400 + n}`,
          `claim_wishes(tests.a(), tests.new(), (select array_agg(tests.id('f' || n) order by ${order}) from generate_series(1, 8) n), '单位${n}')`,
        )
      }),
    )
    expect(answers.filter((answer) => !('ok' in answer))).toEqual([])
    expect(await one(`select count(*)::int as v from wish_claims k where k.firm like '单位%'`)).toBe(8)
  })

  test('a withdrawal and a claim at once leave nothing held and nothing told', async () => {
    for (const n of range(12)) await pool.query(`select tests.make_wish(tests.a(), '', 'gone ${n}')`)
    const answers = await atOnce(
      range(12).flatMap((n) => [
        () => claim(`c${420 + n}`, `gone ${n}`),
        () => command(pool, 'volunteer', `withdraw_wish(tests.a(), tests.new(), ${id(`gone ${n}`)})`),
      ]),
    )
    expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
    expect(
      await one(
        `select count(*)::int as v from wish_claims k join wishes w on w.id = k.wish_id where w.status = 'withdrawn' and k.status in ('asked', 'approved', 'delivering')`,
      ),
    ).toBe(0)
    expect(
      await one(
        `select count(*)::int as v from wish_private p join wishes w on w.id = p.id where w.status = 'withdrawn'`,
      ),
    ).toBe(0)
  })

  test('one hand-over is confirmed once, with its points once', async () => {
    await pool.query(
      `select tests.make_wish(tests.a(), '', 'once'), tests.make_claim(tests.a(), '', 'once claim', 'once', 'c450', 'delivering')`,
    )
    const answers = await atOnce(
      ['worker', 'secretary', 'volunteer', 'street', 'worker'].map(
        (who) => () => command(pool, who, `confirm_realized(tests.a(), tests.new(), ${id('once claim')})`),
      ),
    )
    expect(count(answers)).toEqual({ claim_not_in_state: 4, realized: 1 })
    expect(await one(`select sum(points)::int as v from point_entries where source_id = ${id('once claim')}`)).toBe(20)
  })
})
