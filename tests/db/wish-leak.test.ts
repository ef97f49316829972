import { App } from '@supabase/lite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import { loadWorld, PERSONAS, type Persona } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'

/**
 * Every persona down every road to the wishes: tables with every column, embeds, filters by what is hidden, sorting by it,
 * counts, CSV, read functions, searches, error texts, files. Whoever has no duty meets no name, phone, address or reason,
 * and cannot find out by asking in another way.
 */
const SECRET = 'wL3-nq8Zx5Vt2Rb7Kc4Ys9Hd1Jf6Gm0Pa-Qe3Uo7Ti5Wr2Bx'
const SECRETS = /候奶奶|14400000001|东院|101室|独居，老伴/
/** The receiver's helper. The grid worker took the wishes down and works on the receiver's 片; the office looks by name and reason only. */
const RECEIVERS: Persona[] = ['volunteer']

let database: TestDatabase
let app: App
let connection: ReturnType<typeof createPostgresConnection>
const ids = new Map<string, string>()
beforeAll(async () => {
  process.env['LITE_TELEMETRY'] = '0'
  vi.spyOn(console, 'error').mockImplementation(() => {})
  database = await createDatabase()
  await loadWorld(database.client)
  await database.client.exec(`
    -- The twin of the helper helps in the other community: without wishes there, what they see is what they see of this one.
    delete from public.wish_private where community_id = tests.b();
    update public.attachments set owner_kind = 'wish', owner_id = tests.id('approved wish') where id = tests.id('photo');
    alter database ${database.name} set sanlian.now = '2026-11-16 00:00:00+00'`)
  for (const name of [
    'A',
    'open wish',
    'reviewing wish',
    'approved wish',
    'delivering wish',
    'realized wish',
    'approved claim',
    'delivering claim',
    'photo',
    'thanks',
  ]) {
    const [row] = await database.client.query<{ v: string }>('select tests.id($1)::text as v', [name])
    ids.set(name, row!.v)
  }
  connection = createPostgresConnection({ url: database.url, postgresOptions: { onnotice: () => {} } })
  app = new App({
    connection,
    auth: { enabled: true, jwt_secret: SECRET, publishable_key: EMBEDDED_PUBLISHABLE_KEY },
    options: { server: { admin: false } },
  } as never)
  await app.init()
}, 120_000)
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64url')
const bearers = new Map<string, string>()
async function bearer(who: Persona): Promise<string> {
  if (who === 'anonymous') return EMBEDDED_PUBLISHABLE_KEY
  const known = bearers.get(who)
  if (known) return known
  const [row] = await database.client.query<{ sub: string }>('select tests.id($1)::text as sub', [`user ${who}`])
  const now = Math.floor(Date.now() / 1000)
  const body = `${base64(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))}.${base64(JSON.stringify({ sub: row!.sub, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 900 }))}`
  const token = `${body}.${base64(createHmac('sha256', SECRET).update(body).digest())}`
  bearers.set(who, token)
  return token
}
async function ask(who: Persona, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const token = await bearer(who)
  const response = await app.fetch(
    new Request(`http://localhost/rest/v1/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        apikey: EMBEDDED_PUBLISHABLE_KEY,
        ...(who === 'anonymous' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  return { status: response.status, text: await response.text(), range: response.headers.get('content-range') ?? '' }
}

const TABLES = [
  'wishes',
  'wish_private',
  'wish_claims',
  'wish_deliveries',
  'wish_goods_moves',
  'wish_thanks',
  'attachments',
  'audit_logs',
  'notifications',
  'access_logs',
]
/** Roads to a table: all of it, through others, by a condition on what is hidden, in its order, as CSV. */
const roads = (table: string) => [
  `${table}?select=*`,
  `${table}?select=*,wish_private(*)`,
  `${table}?select=*,wishes(*,wish_private(*))`,
  `${table}?select=*,wish_claims(*,wishes(*,wish_private(*)))`,
]
const HIDDEN = [
  'wish_private?select=id&name=eq.候奶奶',
  'wish_private?select=id&or=(phone.eq.14400000001,address.like.*东院*)',
  'wish_private?select=id&order=address.desc',
  'wishes?select=id,wish_private!inner(id)&wish_private.name=like.候*',
  'wish_claims?select=id,wishes!inner(wish_private!inner(id))&wishes.wish_private.facts=like.*独居*',
]
const readers = (c: string): [string, Record<string, unknown>][] => [
  ...['wish_wall', 'realized_wishes', 'my_wish_claims', 'my_wishes', 'wish_desk'].map(
    (name): [string, Record<string, unknown>] => [name, { p_community_id: c }],
  ),
  ...['候奶奶', '14400000001', '东院', '独居'].map((search): [string, Record<string, unknown>] => [
    'wish_wall',
    { p_community_id: c, p_search: search },
  ]),
  ...['open wish', 'reviewing wish', 'approved wish', 'delivering wish', 'realized wish'].map(
    (wish): [string, Record<string, unknown>] => ['wish_detail', { p_wish_id: ids.get(wish) }],
  ),
  ['hand_over_card', { p_community_id: c, p_claim_id: ids.get('delivering claim') }],
  ['claim_wish', { p_community_id: c, p_id: crypto.randomUUID(), p_wish_id: ids.get('reviewing wish') }],
  ['withdraw_wish', { p_community_id: c, p_id: crypto.randomUUID(), p_wish_id: crypto.randomUUID() }],
  [
    'confirm_realized',
    { p_community_id: c, p_id: crypto.randomUUID(), p_claim_id: ids.get('approved claim'), p_code: '000000' },
  ],
]

describe('without the duty', () => {
  test.each(PERSONAS.filter((who) => !RECEIVERS.includes(who)))(
    '%s meets no name, phone, address or reason',
    async (who) => {
      const seen: string[] = []
      for (const table of TABLES)
        for (const road of roads(table)) {
          const { text } = await ask(who, road)
          if (SECRETS.test(text)) seen.push(road)
        }
      for (const table of TABLES.slice(0, 3))
        for (const headers of [{ accept: 'text/csv' }, { prefer: 'count=exact' }] as Record<string, string>[]) {
          const { text } = await ask(who, `${table}?select=*`, undefined, headers)
          if (SECRETS.test(text)) seen.push(`${table} ${JSON.stringify(headers)}`)
        }
      for (const [name, args] of readers(ids.get('A')!)) {
        const { text } = await ask(who, `rpc/${name}`, args)
        // A collector reads what they took down themselves until it was reviewed.
        if (SECRETS.test(who === 'grid' && name === 'my_wishes' ? withoutUnreviewed(text) : text))
          seen.push(`${name} ${JSON.stringify(args)}`)
      }
      expect(seen).toEqual([])
    },
  )

  test.each(PERSONAS.filter((who) => !RECEIVERS.includes(who)))(
    '%s finds out nothing by asking for what is hidden',
    async (who) => {
      for (const road of HIDDEN) {
        const { text, range } = await ask(who, road, undefined, { prefer: 'count=exact' })
        expect([road, /^\[\]$|"(code|message)"/.test(text) ? 'nothing' : text, /\/[1-9]/.test(range)]).toEqual([
          road,
          'nothing',
          false,
        ])
      }
      for (const search of ['候奶奶', '14400000001', '东院'])
        expect(
          JSON.parse((await ask(who, 'rpc/wish_wall', { p_community_id: ids.get('A'), p_search: search })).text),
        ).toMatchObject({ total: 0 })
    },
  )

  test('the file of a wish is for the receiver and the staff, not for the donor', async () => {
    const allowed = []
    for (const who of PERSONAS) {
      const { status } = await ask(who, 'rpc/read_attachment', {
        p_community_id: ids.get('A'),
        p_attachment_id: ids.get('photo'),
      })
      if (status === 200) allowed.push(who)
    }
    expect(allowed).toEqual(['volunteer', 'worker', 'secretary', 'street'])
  })
})

describe('past its time', () => {
  test('a claim nobody settled tells its donor no more where to hand over', async () => {
    const rpcs = async () => {
      const told = await Promise.all([
        ask('resident', 'rpc/wish_detail', { p_wish_id: ids.get('approved wish') }),
        ask('resident', 'rpc/my_wish_claims', { p_community_id: ids.get('A') }),
        ...TABLES.flatMap(roads).map((road) => ask('resident', road)),
      ])
      return told.filter(({ text }) => text.includes('东门口')).length
    }
    const claim = `community_id = tests.a() and {} = tests.id('approved claim')`
    await database.client.exec(
      `update private.wish_meetings set arrangement = '东门口' where ${claim.replace('{}', 'claim_id')}`,
    )
    expect(await rpcs()).toBe(2)
    const due = (day: string) =>
      database.client.exec(`update public.wish_claims set due_at = '${day}' where ${claim.replace('{}', 'id')}`)
    await due('2026-11-16 00:00:00+00')
    expect(await rpcs()).toBe(0)
    await due('2026-12-01 00:00:00+00')
  })
})

describe('a second after the consent was withdrawn', () => {
  test('nobody reads a word, a row or a file of it any more', async () => {
    const wish = ids.get('approved wish')!
    const withdrawn = await ask('volunteer', 'rpc/withdraw_wish', {
      p_community_id: ids.get('A'),
      p_id: crypto.randomUUID(),
      p_wish_id: wish,
    })
    expect([withdrawn.status, JSON.parse(withdrawn.text)]).toEqual([200, { wish_id: wish, status: 'withdrawn' }])
    for (const who of PERSONAS) {
      expect(
        (await ask(who, 'rpc/read_attachment', { p_community_id: ids.get('A'), p_attachment_id: ids.get('photo') }))
          .status,
      ).not.toBe(200)
      expect((await ask(who, 'rpc/wish_detail', { p_wish_id: wish })).status).toBe(404)
      for (const road of [`wish_private?id=eq.${wish}`, `attachments?id=eq.${ids.get('photo')}`])
        expect((await ask(who, road)).text).not.toContain(wish)
      for (const name of ['wish_wall', 'realized_wishes', 'my_wishes', 'my_wish_claims', 'wish_desk'])
        expect((await ask(who, `rpc/${name}`, { p_community_id: ids.get('A') })).text).not.toContain('approved wish')
    }
    const reveal = await ask('worker', 'rpc/reveal_wish', {
      p_community_id: ids.get('A'),
      p_id: crypto.randomUUID(),
      p_wish_id: wish,
      p_reason: '看看',
    })
    expect(reveal.status).toBe(404)
    const [left] = await database.client.query<{ n: number }>(
      `select (select count(*) from private.attachment_data where attachment_id = tests.id('photo'))::int + (select count(*) from wish_private where id = tests.id('approved wish'))::int as n`,
    )
    expect(left!.n).toBe(0)
  })
})

function withoutUnreviewed(text: string): string {
  const { wishes = [] } = JSON.parse(text) as { wishes?: { status: string }[] }
  return JSON.stringify(wishes.filter(({ status }) => !['draft', 'reviewing', 'returned'].includes(status)))
}
