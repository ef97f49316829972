import { performance } from 'node:perf_hooks'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOnce, command, id, makeCrowd, range, type Answer } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

const CROWD = 1000
const CONNECTIONS = 60

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, CROWD)
  pool = database.pool(CONNECTIONS)
}, 120_000)
afterAll(() => database.drop())

async function rows<T>(sql: string): Promise<T[]> {
  return (await pool.query(sql)).rows as T[]
}
async function one<T>(sql: string): Promise<T> {
  return (await rows<{ v: T }>(sql))[0]!.v
}
const shift = (name: string, capacity: number, starts = '2026-11-21 09:00') =>
  pool.query(`select tests.make_shift('${name}', '${starts}', 120, ${capacity})`)
const claim = (who: string, name: string, commandId = id(`${who} on ${name}`)) =>
  command(pool, who, `claim_shift(tests.a(), ${commandId}, ${id(name)})`)
const statusOf = (answer: Answer) =>
  'ok' in answer ? String(answer.ok['status']) : 'refused' in answer ? answer.refused : answer.failed
const count = (items: string[]) =>
  Object.fromEntries([...new Set(items)].sort().map((item) => [item, items.filter((other) => other === item).length]))

/** Places and queue of a shift hold together: taken = places held ≤ capacity, and nobody waits behind a later one who has a place. */
async function expectSound(name: string): Promise<void> {
  const [role] = await rows<{ capacity: number; taken: number; held: number; overtaken: number }>(`
    select r.capacity, r.taken, (select count(*)::int from signups g where g.shift_role_id = r.id and g.status in ('confirmed', 'offered', 'attended')) as held,
      (select count(*)::int from signups w where w.shift_role_id = r.id and w.status = 'waitlisted' and exists (
        select 1 from signups g where g.shift_role_id = r.id and g.status in ('confirmed', 'offered') and g.queue_no > w.queue_no)) as overtaken
    from shift_roles r where r.shift_id = ${id(name)}`)
  expect(role).toMatchObject({ taken: role!.held, overtaken: 0 })
  expect(role!.taken).toBeLessThanOrEqual(role!.capacity)
}
const expectChain = async () => expect(await one('select private.first_broken_audit_link(tests.a()) as v')).toBeNull()

describe('a thousand people and twenty places', () => {
  test('twenty are confirmed, the rest wait in order, none is lost and none is twice', async () => {
    await shift('hot', 20, '2026-12-01 09:00')
    const times: number[] = []
    const began = performance.now()
    const answers = await atOnce(
      range(CROWD).map((n) => async () => {
        const asked = performance.now()
        const answer = await claim(`c${n}`, 'hot')
        times.push(performance.now() - asked)
        return answer
      }),
    )
    const seconds = (performance.now() - began) / 1000
    times.sort((a, b) => a - b)
    console.info(
      `${CROWD} claims over ${CONNECTIONS} connections: ${(CROWD / seconds).toFixed(0)}/s; answered after (queueing included) p50 ${times[
        CROWD / 2
      ]!.toFixed(0)} ms, p99 ${times[Math.floor(CROWD * 0.99)]!.toFixed(0)} ms`,
    )

    expect(count(answers.map(statusOf))).toEqual({ confirmed: 20, waitlisted: 980 })
    expect(await one(`select taken as v from shift_roles where shift_id = ${id('hot')}`)).toBe(20)
    expect(await one(`select count(distinct person_id)::int as v from signups where shift_id = ${id('hot')}`)).toBe(
      CROWD,
    )
    expect(
      await rows(
        `select status, min(queue_no)::int as first, max(queue_no)::int as last from signups where shift_id = ${id('hot')} group by 1 order by 1`,
      ),
    ).toEqual([
      { status: 'confirmed', first: 1, last: 20 },
      { status: 'waitlisted', first: 21, last: 1000 },
    ])
    const ahead = answers
      .filter((answer) => statusOf(answer) === 'waitlisted')
      .map((answer) => Number('ok' in answer && answer.ok['ahead']))
      .sort((a, b) => a - b)
    expect(ahead).toEqual(range(980).map((n) => n - 1))
    await expectChain()
  }, 60_000)
})

describe('the same command five times at once', () => {
  const fiveTimes = async (who: string, call: string) => {
    const commandId = await one<string>('select gen_random_uuid()::text as v')
    const answers = await atOnce(range(5).map(() => () => command(pool, who, call.replace('$id', `'${commandId}'`))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toHaveProperty('ok')
    expect(await one(`select count(*)::int as v from audit_logs where id = '${commandId}'`)).toBe(1)
  }

  test('claims: one sign-up and one audit row each', async () => {
    await shift('five', 20)
    const answers = await atOnce(range(60).flatMap((n) => range(5).map(() => () => claim(`c${n}`, 'five'))))
    expect(count(answers.map(statusOf))).toEqual({ confirmed: 100, waitlisted: 200 })
    expect(await one(`select count(*)::int as v from signups where shift_id = ${id('five')}`)).toBe(60)
    expect(
      await one(`select count(*)::int as v from audit_logs where detail ->> 'shift_id' = ${id('five')}::text`),
    ).toBe(60)
    await expectSound('five')
  })

  test.each([
    ['worker', 'create_invite(tests.a(), $id)'],
    ['worker', `register_person(tests.a(), $id, '于奶奶', 1940, 1)`],
    ['secretary', `grant_role(tests.a(), $id, ${id('neighbour')}, 'supervisor')`],
    ['volunteer', `ask_privacy(tests.a(), $id, 'copy')`],
    ['resident', `register_volunteer(tests.a(), $id, '2026-11')`],
    ['stranger', `request_join($id, 'AAAAA22222', '马新来', '14400000020', '2026-11')`],
    ['worker', `reveal_person(tests.a(), $id, ${id('resident')}, '走访')`],
    ['leader', `submit_activity(tests.a(), $id, ${id('draft')})`],
    ['c7', `cancel_signup(tests.a(), $id, ${id('c7 on five')})`],
    ['party', 'leave_community(tests.a(), $id)'],
    ['branch', 'erase_me(tests.a(), $id)'],
  ])('%s: %s', (who, call) => fiveTimes(who, call))
})

describe('two different commands at once', () => {
  test('of a person claiming two overlapping shifts one is refused', async () => {
    await shift('here', 500, '2026-11-22 09:00')
    await shift('there', 500, '2026-11-22 10:00')
    const answers = await atOnce(range(60).flatMap((n) => ['here', 'there'].map((name) => () => claim(`c${n}`, name))))
    expect(count(answers.map(statusOf))).toEqual({ confirmed: 60, shift_overlaps: 60 })
    await Promise.all([expectSound('here'), expectSound('there')])
  })

  test('of two claims of one shift one is refused', async () => {
    await shift('twice', 500, '2026-11-23 09:00')
    const answers = await atOnce(
      range(40).flatMap((n) => [1, 2].map((time) => () => claim(`c${n}`, 'twice', id(`${time} of c${n}`)))),
    )
    expect(count(answers.map(statusOf))).toEqual({ already_signed_up: 40, confirmed: 40 })
  })

  test('of the same person registered twice one is refused', async () => {
    const answers = await atOnce(
      ['worker', 'secretary', 'leader'].map(
        (who) => () => command(pool, who, `register_person(tests.a(), tests.new(), '同时人', 1950, 1)`),
      ),
    )
    expect(count(answers.map((answer) => ('ok' in answer ? 'ok' : statusOf(answer))))).toEqual({
      ok: 1,
      person_exists: 2,
    })
  })

  test('of the same role, link or corps name given twice one is refused', async () => {
    const twice = (call: string, who: string[]) =>
      atOnce(who.map((name) => () => command(pool, name, call))).then((answers) =>
        count(answers.map((answer) => ('ok' in answer ? 'ok' : statusOf(answer)))),
      )
    expect(
      await twice(`grant_role(tests.a(), tests.new(), ${id('c1')}, 'building_head')`, [
        'secretary',
        'street',
        'secretary',
      ]),
    ).toEqual({ ok: 1, role_already_granted: 2 })
    expect(
      await twice(`link_helper(tests.a(), tests.new(), ${id('c1')}, ${id('c2')})`, ['secretary', 'c1', 'worker']),
    ).toEqual({ helper_already_linked: 2, ok: 1 })
    expect(
      await twice(`save_corps(tests.a(), tests.new(), tests.new(), 'red_relief', '红队')`, [
        'secretary',
        'worker',
        'street',
      ]),
    ).toEqual({ name_taken: 2, ok: 1 })
  })

  test('a person is checked in once, confirmed once, and credited once', async () => {
    await pool.query(`select tests.make_shift('now', '2026-11-16 08:30', 60, 50)`)
    for (const n of range(6)) expect(statusOf(await claim(`c${n}`, 'now'))).toBe('confirmed')
    const both = (call: (n: number) => string) =>
      atOnce(range(6).flatMap((n) => ['leader', 'worker'].map((who) => () => command(pool, who, call(n)))))
    const ins = await both((n) => `check_in(tests.a(), tests.new(), ${id('now')}, null, ${id(`c${n} on now`)})`)
    expect(count(ins.map((answer) => ('ok' in answer ? 'in' : statusOf(answer))))).toEqual({
      already_checked_in: 6,
      in: 6,
    })
    await pool.query(`update attendances set checked_in_at = '2026-11-16 00:30+00', checked_out_at = '2026-11-16 01:30+00', checked_out_via = 'leader',
      checked_out_by = ${id('leader')}, minutes = 60, status = 'checked_out' where shift_id = ${id('now')}`)
    const confirmed = await atOnce(
      range(8).map(
        (n) => () =>
          command(pool, n % 2 ? 'leader' : 'worker', `confirm_attendance(tests.a(), tests.new(), ${id('now')})`),
      ),
    )
    expect(count(confirmed.map((answer) => ('ok' in answer ? 'confirmed' : statusOf(answer))))).toEqual({
      confirmed: 1,
      nothing_to_confirm: 7,
    })
    expect(await one(`select count(*)::int as v from service_records where shift_id = ${id('now')}`)).toBe(6)
    expect(
      await one(
        `select sum(points)::int as v from point_entries e join service_records r on r.id = e.source_id where e.rule_code = 'V01' and r.shift_id = ${id('now')}`,
      ),
    ).toBe(60)
  })

  test('one code scanned by two leaders at once counts once', async () => {
    await pool.query(`select tests.make_shift('door', '2026-11-16 08:40', 60, 50, 'repair')`)
    expect(statusOf(await claim('c10', 'door'))).toBe('confirmed')
    const code = await one<string>(`select tests.qr('c10') as v`)
    const answers = await atOnce(
      ['other_leader', 'worker', 'secretary'].map(
        (who) => () => command(pool, who, `check_in(tests.a(), tests.new(), ${id('door')}, '${code}')`),
      ),
    )
    expect(count(answers.map((answer) => ('ok' in answer ? 'in' : statusOf(answer))))).toEqual({ code_used: 2, in: 1 })
  })
})

describe('a storm of cancels', () => {
  test('never exceeds the capacity and never overtakes', async () => {
    await shift('storm', 8, '2026-11-24 09:00')
    const people = range(80).map((n) => `c${n + 100}`)
    await atOnce(people.map((who) => () => claim(who, 'storm')))
    for (let wave = 0; wave < 4; wave += 1) {
      const jobs = people.flatMap((who, index) => {
        const signup = id(`${who} on storm`)
        const act = (['cancel_signup', 'accept_offer', 'decline_offer', 'accept_offer'] as const)[(index + wave) % 4]!
        return index % 3 === wave % 3 ? [() => command(pool, who, `${act}(tests.a(), tests.new(), ${signup})`)] : []
      })
      const answers = await atOnce([
        ...jobs,
        () => command(pool, 'leader', `cancel_signup(tests.a(), tests.new(), ${id(`c${101 + wave} on storm`)})`),
      ])
      expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
      await expectSound('storm')
    }
    await expectChain()
  })

  test('people who leave while others cancel give each place back once', async () => {
    await shift('exit', 10, '2026-11-25 09:00')
    const people = range(40).map((n) => `c${n + 300}`)
    await atOnce(people.map((who) => () => claim(who, 'exit')))
    const answers = await atOnce(
      people
        .slice(0, 20)
        .flatMap((who, index) => [
          () =>
            command(
              pool,
              who,
              index % 2 ? 'leave_community(tests.a(), tests.new())' : 'erase_me(tests.a(), tests.new())',
            ),
          () => command(pool, 'leader', `cancel_signup(tests.a(), tests.new(), ${id(`${who} on exit`)})`),
        ]),
    )
    expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
    await expectSound('exit')
    expect(
      await one(
        `select count(*)::int as v from signups g where g.shift_id = ${id('exit')} and g.status in ('confirmed', 'waitlisted', 'offered')`,
      ),
    ).toBe(20)
  })

  test('a helper who signs up somebody just erasing oneself leaves no place behind', async () => {
    await shift('gone', 50, '2026-11-26 09:00')
    const people = range(20).map((n) => `c${n + 400}`)
    const answers = await atOnce(
      people.flatMap((who) => [
        () => command(pool, who, 'erase_me(tests.a(), tests.new())'),
        () => command(pool, 'worker', `claim_shift(tests.a(), tests.new(), ${id('gone')}, null, ${id(who)})`),
      ]),
    )
    expect(answers.filter((answer) => 'failed' in answer)).toEqual([])
    expect(
      await one(
        `select count(*)::int as v from signups g where g.shift_id = ${id('gone')} and g.status in ('confirmed', 'waitlisted', 'offered')`,
      ),
    ).toBe(0)
    await expectSound('gone')
  })
})

describe('connections cut in the middle', () => {
  test('a claim not committed is gone, and the same id signs up once', async () => {
    await shift('cut', 5, '2026-11-27 09:00')
    const client = await pool.connect()
    client.on('error', () => {})
    await client.query(
      `begin; select tests.become('c500'); select public.claim_shift(tests.a(), ${id('c500 on cut')}, ${id('cut')})`,
    )
    const pid = (client as unknown as { processID: number }).processID
    await pool.query('select pg_terminate_backend($1, 5000)', [pid])
    client.release(true)
    expect(await one(`select taken as v from shift_roles where shift_id = ${id('cut')}`)).toBe(0)
    expect(statusOf(await claim('c500', 'cut'))).toBe('confirmed')
    expect(statusOf(await claim('c500', 'cut'))).toBe('confirmed')
    await expectSound('cut')
  })

  test('backends killed under load lose nobody and double nobody when everything unanswered is sent again', async () => {
    await shift('kill', 15, '2026-11-28 09:00')
    const people = range(150).map((n) => `c${n + 600}`)
    const calm = new AbortController()
    const killer = (async () => {
      // So many and then no more: a killer faster than the claims would let none of them through.
      for (let round = 0; round < 60 && !calm.signal.aborted; round += 1) {
        await database.client.query(`select pg_terminate_backend(pid) from (select pid from pg_stat_activity
          where datname = current_database() and query like 'begin; select tests.become%' and state = 'active' order by random() limit 3) x`)
        await new Promise((done) => setTimeout(done, 15))
      }
    })()
    let unanswered = 0
    const untilAnswered = async (who: string): Promise<string> => {
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const answer = await claim(who, 'kill').catch((error: Error): Answer => ({ failed: error.message }))
        if (!('failed' in answer)) return statusOf(answer)
        unanswered += 1
        await new Promise((done) => setTimeout(done, 5))
      }
      return 'never answered'
    }
    const answers = await atOnce(people.map((who) => () => untilAnswered(who))).finally(() => calm.abort())
    await killer
    console.info(`${unanswered} of ${people.length + unanswered} claims were cut off and sent again`)
    expect(count(answers)).toEqual({ confirmed: 15, waitlisted: 135 })
    expect(await one(`select count(*)::int as v from signups where shift_id = ${id('kill')}`)).toBe(150)
    await expectSound('kill')
    await expectChain()
  })
})
