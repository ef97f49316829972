import { App } from '@supabase/lite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { askMatrix, differences, prepareMatrix, type Matrix } from './gates/matrix'

/**
 * The embedded API over the same world, started the way that undoes grants: `anon` and `authenticated` then hold ALL on
 * every table, and only row-level security is left. A sample of what a browser could ask.
 */
const SECRET = 'kX9-qv7Lw2Zt4Rb8Nc1Ys6Hd3Jf5Gm0Pa-Qe7Uo2Ti4Wr8Vx'
const EXPECTED = fileURLToPath(new URL('./policy-matrix.expected.json', import.meta.url))

let database: TestDatabase
let app: App
let connection: ReturnType<typeof createPostgresConnection>
beforeAll(async () => {
  process.env['LITE_TELEMETRY'] = '0'
  // It writes every refusal to the console.
  vi.spyOn(console, 'error').mockImplementation(() => {})
  database = await createDatabase()
  await loadWorld(database.client)
  await prepareMatrix(database.client)
  await database.client.exec(`alter database ${database.name} set sanlian.now = '2026-11-16 00:00:00+00'`)
  connection = createPostgresConnection({ url: database.url, postgresOptions: { onnotice: () => {} } })
  app = new App({
    connection,
    auth: { enabled: true, jwt_secret: SECRET, publishable_key: EMBEDDED_PUBLISHABLE_KEY },
    options: { server: { admin: false } },
  } as never)
  await app.init()
  await get('/rest/v1/communities?select=id', 'resident')
}, 120_000)
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64url')
async function token(who: string, { secret = SECRET, role = 'authenticated', seconds = 600 } = {}): Promise<string> {
  const [row] = await database.client.query<{ sub: string }>('select tests.id($1)::text as sub', [`user ${who}`])
  const now = Math.floor(Date.now() / 1000)
  const body = `${base64(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))}.${base64(JSON.stringify({ sub: row!.sub, role, aud: 'authenticated', iat: now, exp: now + seconds }))}`
  return `${body}.${base64(createHmac('sha256', secret).update(body).digest())}`
}

interface Reply {
  status: number
  text: string
  rows: Record<string, unknown>[]
  range: string | null
}
async function ask(
  method: string,
  path: string,
  who: string | { token: string },
  { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
): Promise<Reply> {
  const bearer = typeof who === 'string' ? (who === 'anonymous' ? undefined : await token(who)) : who.token
  const response = await app.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        apikey: EMBEDDED_PUBLISHABLE_KEY,
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  let rows: Record<string, unknown>[] = []
  try {
    const json: unknown = JSON.parse(text)
    rows = Array.isArray(json) ? (json as Record<string, unknown>[]) : []
  } catch {
    /* CSV and empty bodies */
  }
  return { status: response.status, text, rows, range: response.headers.get('content-range') }
}
const get = (path: string, who: string | { token: string }, headers: Record<string, string> = {}) =>
  ask('GET', path, who, { headers })
const post = (path: string, who: string | { token: string }, body: unknown) => ask('POST', path, who, { body })
const uuid = async (name: string) =>
  (await database.client.query<{ v: string }>('select tests.id($1)::text as v', [name]))[0]!.v

describe('after the embedded API has started', () => {
  test('the roles do hold every grant, so that what follows proves the policies', async () => {
    const [row] = await database.client.query<{ held: boolean }>(
      `select has_table_privilege('authenticated', 'public.persons', 'insert, update, delete') as held`,
    )
    expect(row!.held).toBe(true)
  })

  test('reads are as reviewed and writes reach no row, though the roles hold every grant', async () => {
    const sample = [
      'persons',
      'person_private',
      'signups',
      'service_records',
      'point_entries',
      'role_grants',
      'audit_logs',
      'notifications',
      'invites',
      'join_requests',
      'care_tags',
      'list_people',
      'reveal_person',
      'claim_shift',
      'grant_role',
      'erase_me',
    ]
    const actual = await askMatrix(database.client, (name) => sample.includes(name))
    const whole = JSON.parse(readFileSync(EXPECTED, 'utf8')) as Matrix
    const expected: Matrix = {
      tables: Object.fromEntries(Object.entries(whole.tables).filter(([name]) => sample.includes(name))),
      functions: Object.fromEntries(Object.entries(whole.functions).filter(([name]) => sample.includes(name))),
    }
    const differing = differences(expected, actual).filter(
      (line) =>
        // With the grant there a write meets the policies: an insert is denied, an update or delete finds no row.
        !/ (update|delete) \w+: expected denied, got 0$/.test(line) &&
        !/ select anonymous: expected denied, got (A 0, B 0|0)$/.test(line),
    )
    expect(differing).toEqual([])
  })

  test("a neighbour's phone is reached by no filter, embed, count, order or format", async () => {
    const neighbour = await uuid('neighbour')
    for (const path of [
      `/rest/v1/person_private?person_id=eq.${neighbour}&select=*`,
      `/rest/v1/person_private?or=(phone.eq.14400000003,person_id.eq.${neighbour})`,
      `/rest/v1/person_private?phone=like.144*&person_id=eq.${neighbour}`,
      `/rest/v1/persons?id=eq.${neighbour}&select=id,person_private(phone,real_name)`,
      `/rest/v1/signups?select=id,persons(display_name,person_private(phone))&person_id=eq.${neighbour}`,
    ]) {
      const reply = await get(path, 'resident')
      expect(reply.text, path).not.toContain('14400000003')
      expect(reply.rows, path).toEqual([])
    }
    const csv = await get('/rest/v1/person_private?select=*', 'resident', { accept: 'text/csv' })
    expect(csv.text).not.toContain('14400000003')
    const ordered = await get('/rest/v1/person_private?select=person_id&order=phone.desc', 'resident')
    expect(ordered.rows).toEqual([{ person_id: await uuid('resident') }])
    const counted = await get('/rest/v1/person_private?select=person_id', 'resident', { prefer: 'count=exact' })
    expect(counted.range).toMatch(/\/1$/)
  })

  test('embedding shows of a public row only what the caller may read of the other', async () => {
    const reply = await get('/rest/v1/corps?select=name,corps_members(person_id)', 'resident')
    expect(reply.rows.length).toBe(2)
    expect(reply.rows.flatMap((row) => row['corps_members'] as unknown[])).toEqual([])
    const audits = await get('/rest/v1/audit_logs?select=*', 'worker')
    expect(audits.rows).toEqual([])
  })

  test('nobody writes a table', async () => {
    const before = await database.client.query('select count(*) as n, min(display_name) as name from public.persons')
    const me = await uuid('resident')
    const community = await uuid('A')
    const replies = [
      await post('/rest/v1/role_grants', 'resident', {
        community_id: community,
        id: crypto.randomUUID(),
        person_id: me,
        role: 'community_secretary',
        valid_from: '2026-01-01',
      }),
      await ask('PATCH', `/rest/v1/persons?id=eq.${me}`, 'resident', {
        body: { display_name: '书记' },
        headers: { prefer: 'return=representation' },
      }),
      await ask('DELETE', '/rest/v1/audit_logs?seq=gt.0', 'secretary', {
        headers: { prefer: 'return=representation' },
      }),
    ]
    expect(replies[0]!.status).toBeGreaterThanOrEqual(400)
    expect(replies.slice(1).flatMap((reply) => reply.rows)).toEqual([])
    expect(await database.client.query('select count(*) as n, min(display_name) as name from public.persons')).toEqual(
      before,
    )
    expect(
      await database.client.query(`select 1 from public.role_grants where person_id = tests.id('resident')`),
    ).toEqual([])
    expect(await database.client.query('select count(*)::int as n from public.audit_logs')).toEqual([{ n: 2 }])
  })

  test('a visitor gets the public page and an invite, and no command', async () => {
    expect((await post('/rest/v1/rpc/public_home', 'anonymous', {})).status).toBe(200)
    expect(
      (await post('/rest/v1/rpc/list_people', 'anonymous', { p_community_id: await uuid('A') })).status,
    ).toBeGreaterThanOrEqual(400)
    expect((await get('/rest/v1/persons?select=*', 'anonymous')).rows).toEqual([])
  })

  test('a forged, an unsigned, an expired and a privileged token open nothing', async () => {
    const forged = await token('secretary', { secret: 'super-secret-jwt-token-with-at-least-32-characters-long' })
    const service = await token('secretary', { secret: 'unsafe-secret-change-me-unsafe-secret', role: 'service_role' })
    const expired = await token('secretary', { seconds: -3600 })
    const unsigned = `${base64('{"alg":"none","typ":"JWT"}')}.${(await token('secretary')).split('.')[1]}.`
    for (const bad of [forged, service, expired, unsigned]) {
      const reply = await get('/rest/v1/persons?select=*', { token: bad })
      expect(reply.rows).toEqual([])
      expect(reply.text).not.toContain('display_name')
    }
  })

  test('a refusal keeps its status, its slug and its parameters on the wire', async () => {
    const community = await uuid('A')
    const refused = await post('/rest/v1/rpc/claim_shift', 'resident', {
      p_community_id: community,
      p_id: crypto.randomUUID(),
      p_shift_id: await uuid('shift'),
    })
    expect(refused.status).toBe(422)
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'PT422', message: 'not_a_volunteer' })
    const foreign = await post('/rest/v1/rpc/list_people', 'secretary', { p_community_id: await uuid('B') })
    expect([foreign.status, (JSON.parse(foreign.text) as { message: string }).message]).toEqual([403, 'not_a_member'])
    const unreadable = await post('/rest/v1/rpc/claim_shift', 'volunteer', {
      p_community_id: 'x',
      p_id: 'y',
      p_shift_id: 'z',
    })
    expect(unreadable.status).toBeGreaterThanOrEqual(400)
    expect(unreadable.status).toBeLessThan(500)
  })

  test('a calendar feed is a calendar, whatever a program asks for', async () => {
    for (const accept of ['text/calendar', '*/*', 'text/html, */*;q=0.1']) {
      const response = await app.fetch(
        new Request(
          `http://localhost/rest/v1/rpc/ical_feed?token=${encodeURIComponent('secret of the feed')}&apikey=${EMBEDDED_PUBLISHABLE_KEY}`,
          { headers: { accept, apikey: EMBEDDED_PUBLISHABLE_KEY } },
        ),
      )
      const text = await response.text()
      expect([accept, response.status, response.headers.get('content-type')], text).toEqual([
        accept,
        200,
        'text/calendar; charset=utf-8',
      ])
      expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/)
    }
    expect((await get('/rest/v1/rpc/ical_feed?token=wrong', 'anonymous')).status).toBe(404)
  })

  test('inner functions and schemas are not on the wire', async () => {
    for (const name of [
      'is_office',
      'write_audit',
      'now',
      'set_config',
      'pg_sleep',
      'install_rules_vol_2026_1',
      'first_broken_audit_link',
    ])
      expect((await post(`/rest/v1/rpc/${name}`, 'secretary', {})).status, name).toBeGreaterThanOrEqual(400)
    for (const table of ['member_code_secrets', 'audit_heads', 'users', 'schema_migrations'])
      for (const profile of ['private', 'auth', 'supabase_migrations', 'tests'])
        expect(
          (await get(`/rest/v1/${table}?select=*`, 'secretary', { 'accept-profile': profile })).rows,
          `${profile}.${table}`,
        ).toEqual([])
  })
})
