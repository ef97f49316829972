import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCrowd } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

/**
 * Two rows of two hundred people stand before two leaders of the same shift times. The one row is scanned with network,
 * each at its moment; the other in a basement, and replayed three hours after the end in the order of the scans.
 */
const ROW = 200

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, ROW * 2)
  await database.client.exec(`
    select tests.make_shift('online', '2026-11-20 09:00', 120, 300), tests.make_shift('offline', '2026-11-20 09:00', 120, 300);
    create table tests.scans (n int primary key, who text, verb text, way text, seen timestamptz, command uuid default gen_random_uuid(), code text, said text);
    create function tests.as_leader(p_at timestamptz) returns void language plpgsql as $$
    begin perform set_config('sanlian.now', p_at::text, true); end $$;
    -- Everybody claims, then gets the two moments: some early, some late, some beyond the overtime.
    do $$ begin
      perform tests.run('c' || n, format('select claim_shift(tests.a(), %L, %L)', tests.id('c' || n || ' claims'), tests.id(case when n <= ${ROW} then 'online' else 'offline' end)))
        from generate_series(1, ${ROW * 2}) n;
    end $$;
    insert into tests.scans (n, who, verb, way, seen)
      select row_number() over (order by seen, way, who), who, verb, way, seen from (
        select 'c' || (i + case way when 'offline' then ${ROW} else 0 end) as who, v.verb, way,
          case v.verb when 'check_in' then tests.shanghai('2026-11-20 08:40') + make_interval(secs => i * 11) else tests.shanghai('2026-11-20 10:45') + make_interval(secs => i * 17) end as seen
        from generate_series(1, ${ROW}) i, (values ('check_in'), ('check_out')) v (verb), (values ('online'), ('offline')) w (way)) x;
    -- The code each phone showed at the moment of its scan.
    do $$ declare s record; begin
      for s in select * from tests.scans order by n loop
        perform set_config('sanlian.now', s.seen::text, true);
        update tests.scans set code = tests.qr(s.who) where n = s.n;
      end loop;
    end $$;
    create function tests.replay(p_way text, p_now timestamptz) returns text[] language plpgsql as $$
    declare s record; v text[] := '{}'; begin
      for s in select * from tests.scans where way = p_way order by n loop
        perform set_config('sanlian.now', coalesce(p_now, s.seen)::text, true);
        v := v || tests.run('leader', format('select %I(tests.a(), %L, %L, %L, null, %L)', s.verb, s.command, tests.id(p_way), s.code, s.seen));
      end loop;
      return v;
    end $$;
  `)
}, 120_000)
afterAll(() => database.drop())

const at = (local: string) => `tests.shanghai('2026-11-20 ${local}')`
const one = async <T>(sql: string) => (await database.client.query<{ v: T }>(`select ${sql} as v`))[0]!.v
const count = (said: string[]) =>
  Object.fromEntries([...new Set(said)].map((word) => [word, said.filter((x) => x === word).length]))
const rows = (
  way: string,
) => `(select jsonb_agg(jsonb_build_object('i', i, 'in', t.checked_in_at, 'out', t.checked_out_at, 'minutes', r.minutes, 'from', r.starts_at,
    'to', r.ends_at, 'provenance', r.provenance, 'points', (select sum(e.points) from point_entries e where e.source_id = r.id)) order by i)
  from generate_series(1, ${ROW}) i
  join attendances t on t.person_id = tests.id('c' || i + ${way === 'offline' ? ROW : 0}) and t.shift_id = tests.id('${way}')
  left join service_records r on r.signup_id = t.id)`

test('two hundred scanned offline, replayed, give the same records as online', async () => {
  expect(count(await one<string[]>(`tests.replay('online', null)`))).toEqual({ ok: ROW * 2 })
  expect(count(await one<string[]>(`tests.replay('offline', ${at('14:00')})`))).toEqual({ ok: ROW * 2 })
  for (const way of ['online', 'offline'])
    expect(
      await one(
        `(select tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('${way}'))) from tests.as_leader(${at('15:00')}))`,
      ),
    ).toBe('ok')
  const online = await one<{ minutes: number; points: number; provenance: string }[]>(rows('online'))
  expect(await one(rows('offline'))).toEqual(online)
  expect(online).toHaveLength(ROW)
  expect(new Set(online.map((row) => row.provenance))).toEqual(new Set(['scanned']))
  expect(online.every((row) => row.minutes > 0 && row.points === Math.floor(row.minutes / 30) * 5)).toBe(true)
  expect(await one('private.first_broken_audit_link(tests.a())')).toBeNull()
}, 60_000)

test('the whole row sent again answers the same and adds nothing', async () => {
  const before = await one('(select count(*)::int from audit_logs)')
  expect(count(await one<string[]>(`tests.replay('offline', ${at('16:00')})`))).toEqual({ ok: ROW * 2 })
  expect(await one('(select count(*)::int from audit_logs)')).toBe(before)
}, 60_000)

test('a replayed or altered code is refused', async () => {
  const [scan] = await database.client.query<{ code: string; seen: string }>(
    `select code, seen::text as seen from tests.scans where who = 'c201' and verb = 'check_in'`,
  )
  const { code, seen } = scan!
  const say = (text: string, moment: string) =>
    one<string>(
      `(select tests.run('leader', format('select check_out(tests.a(), tests.new(), %L, %L, null, %L)', tests.id('offline'), '${text}', '${moment}')) from tests.as_leader(${at('14:00')}))`,
    )
  const parts = code.split(':')
  const changed = (index: number, value: string) => parts.map((part, i) => (i === index ? value : part)).join(':')
  const later = new Date(new Date(seen.replace(' ', 'T').replace(/\+00$/, 'Z')).getTime() + 120_000).toISOString()
  expect(await say(code, seen), 'again under another id').toBe('409 code_used')
  expect(await say(code, later), 'at another moment').toBe('422 code_expired')
  expect(await say(changed(3, parts[3] === '000000' ? '000001' : '000000'), seen), 'other digits').toBe(
    '422 code_invalid',
  )
  expect(await say(changed(2, String(Number(parts[2]) + 1)), seen), 'another step').toBe('422 code_invalid')
  expect(await say(changed(1, '0193b8a0-0000-7000-8000-000000000001'), seen), 'another person').toBe('422 code_invalid')
})
