import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBackend } from '../../supabase/embedded/backend'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import type { SqlClient } from '../../supabase/embedded/sql-client'
import { isDemoUnfinished, rebaseDemoClock, REFERENCE, seedDemo, type Seeded } from '../../supabase/seed/index'
import { as, signedInAs } from '../support/as'
import { freshPglite, type TestPglite } from '../support/pglite'
import { createDatabase, type TestDatabase } from '../support/postgres'

const PASSWORD = 'correct-horse-9'

describe('the demo data', () => {
  let pglite: TestPglite
  let postgres: TestDatabase
  let seeded: Seeded
  let again: Seeded
  beforeAll(async () => {
    pglite = await freshPglite()
    postgres = await createDatabase()
    seeded = await seedDemo(pglite.client, { size: 'default', password: PASSWORD })

    // On Postgres the first run is cut off in the middle, and the second one clears up and makes the whole set.
    await expect(seedDemo(cutOffAfter(postgres.client, 3), { size: 'default', password: PASSWORD })).rejects.toThrow(
      'cut off',
    )
    expect(await isDemoUnfinished(postgres.client)).toBe(true)
    again = await seedDemo(postgres.client, { size: 'default', password: PASSWORD })
  }, 240_000)
  afterAll(async () => {
    await pglite?.close()
    await postgres?.drop()
  })

  test('are the same rows byte for byte on PGlite and on Postgres, on the first try and on the second', async () => {
    const tables = await tablesOf(postgres.client)
    expect(tables).toEqual(await tablesOf(pglite.client))
    expect(tables.length).toBeGreaterThan(50)
    for (const table of tables)
      expect(await rowsOf(postgres.client, table), table).toEqual(await rowsOf(pglite.client, table))
    expect(again.totals).toEqual(seeded.totals)
    expect(again.accounts).toEqual(seeded.accounts)
  })

  test('come to the totals they claim', () => {
    expect(Object.keys(seeded.totals)).toHaveLength(5)
    expect(seeded.totals['梧桐里社区']).toMatchObject({
      片: 8,
      小区: 16,
      楼门: 16,
      households: 311,
      persons: 960,
      '直管 party members': 37,
      '在职 party members': 23,
      'community workers': 17,
      'social workers': 4,
      volunteers: 148,
      'volunteers who served this year': 62,
      'activities of the year': 42,
      corps: 7,
    })
  })

  test('leave a whole audit chain, balances that are their entries and lots, and places that are live sign-ups', async () => {
    const { client } = pglite
    const [chains] = await client.query<{ rows: number; broken: number }>(
      `select count(*)::int as rows, count(private.first_broken_audit_link(c.id))::int as broken from public.communities c`,
    )
    expect(chains).toEqual({ rows: 5, broken: 0 })
    expect(await client.query('select a from public.communities c cross join private.accounts_off(c.id) a')).toEqual([])
    expect(
      await client.query(
        `select r.id from public.shift_roles r where r.taken <> (
           select count(*) from public.signups g where g.community_id = r.community_id and g.shift_role_id = r.id
             and g.status in ('confirmed', 'offered', 'attended', 'no_show'))`,
      ),
    ).toEqual([])
  })

  test('keep no secret that is the same elsewhere, and no schema of their own', async () => {
    const [left] = await pglite.client.query(
      `select (select count(*)::int from private.member_code_secrets) as secrets, to_regnamespace('sanlian_seed') is not null as work`,
    )
    expect(left).toEqual({ secrets: 0, work: false })
  })

  test('have no phone but of the 144 range, and no address that mail could reach', async () => {
    const [odd] = await pglite.client.query(
      `select (select count(*)::int from public.person_private p where p.phone !~ '^144') as phones,
              (select count(*)::int from auth.users u where u.email not like '%@sanlian.example') as emails`,
    )
    expect(odd).toEqual({ phones: 0, emails: 0 })
  })

  test('begin at the reference moment with a shift to claim, one running, an offer, a queue, drafts and requests', async () => {
    const { client } = pglite
    const [main] = await client.query<{ id: string }>('select id from public.communities order by created_at limit 1')
    const ask = async (email: string, call: string): Promise<Record<string, never>> => {
      const [user] = await client.query<{ id: string }>('select id from auth.users where email = $1', [
        `${email}@sanlian.example`,
      ])
      return as(
        client,
        signedInAs(user?.id ?? ''),
        async (tx) => (await tx.query<{ r: Record<string, never> }>(`select public.${call} as r`))[0]?.r ?? {},
        { now: REFERENCE },
      )
    }
    const c = `'${main?.id}'`
    const { shifts } = (await ask('volunteer', `list_shifts(${c})`)) as unknown as { shifts: ListedShift[] }
    const next = shifts.find((shift) => Date.parse(shift.starts_at) === Date.parse('2026-11-28T09:30:00+08:00'))
    expect(next).toMatchObject({ corps_color: 'green_eco', why_not: null, clash: null, mine: null })
    expect(next?.places.taken).toBeLessThan(next?.places.capacity ?? 0)
    expect(new Set(shifts.map((shift) => shift.corps_color)).size).toBe(7)
    expect(shifts.some((shift) => shift.places.waiting === 3 && shift.places.taken === shift.places.capacity)).toBe(
      true,
    )

    const { signups } = (await ask('volunteer', `my_shifts(${c})`)) as unknown as { signups: { status: string }[] }
    expect(signups.filter((signup) => signup.status === 'offered')).toHaveLength(1)
    const { months, balance } = (await ask('volunteer', `my_service(${c})`)) as unknown as {
      months: unknown[]
      balance: number
    }
    expect(months).toHaveLength(12)
    expect(balance).toBeGreaterThan(300)

    const lead = (await ask('leader', `leader_shifts(${c})`)) as unknown as { shifts: LedShift[] }
    expect(lead.shifts.map(({ attendance }) => attendance.checked_in)).toEqual(expect.arrayContaining([2, 5]))
    expect(lead.shifts.some((shift) => shift.id === next?.id)).toBe(true)
    expect(lead.shifts.map((shift) => shift.activity_status)).toEqual(
      expect.arrayContaining(['draft', 'pending_review', 'rejected']),
    )
    const [waiting] = await client.query(
      "select count(*)::int as joins from public.join_requests where status = 'pending'",
    )
    expect(waiting).toEqual({ joins: 3 })
    for (const face of ['volunteer', 'leader']) {
      const { memberships } = (await ask(face, 'my_session()')) as unknown as { memberships: { unread: number }[] }
      expect(memberships[0]?.unread).toBeGreaterThan(0)
    }
  })

  test('let the demo accounts sign in, and nobody else', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sanlian-seed-'))
    const backend = await openBackend({
      dataDir,
      databaseUrl: postgres.url,
      siteUrl: 'http://localhost:1',
      seed: false,
    })
    try {
      const signIn = (email: string, password: string) =>
        backend.app.fetch(
          new Request('http://localhost:1/auth/v1/token?grant_type=password', {
            method: 'POST',
            headers: { apikey: EMBEDDED_PUBLISHABLE_KEY, 'content-type': 'application/json' },
            body: JSON.stringify({ email, password }),
          }),
        )
      expect(seeded.accounts).toHaveLength(12)
      for (const { email, password } of seeded.accounts) expect((await signIn(email, password)).status, email).toBe(200)
      const [other] = await postgres.client.query<{ email: string }>(
        "select email from auth.users where encrypted_password = '' order by id limit 1",
      )
      for (const [email, password] of [
        ['leader@sanlian.example', 'wrong-password'],
        [other?.email ?? '', PASSWORD],
        [other?.email ?? '', ''],
      ] as const) {
        const { status } = await signIn(email, password)
        expect(status, email).toBeGreaterThanOrEqual(400)
        expect(status, email).toBeLessThan(500)
      }
    } finally {
      await backend.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  test('go on, at each start, from the last thing that happened', async () => {
    const { client } = postgres
    const now = async () => {
      const [row] = await client.query<{ off: number }>(
        'select extract(epoch from private.now() - $1::text::timestamptz)::float8 as off',
        [REFERENCE],
      )
      return row?.off ?? Number.NaN
    }
    await client.exec("update private.demo_clock set ahead_by = ahead_by - interval '30 days'")
    await rebaseDemoClock(client)
    expect(Math.abs(await now())).toBeLessThan(5)

    await client.transaction((tx) =>
      tx.exec(`set local session_replication_role = replica;
        update public.audit_logs set at = timestamptz '${REFERENCE}' + interval '3 hours' where seq = (select max(seq) from public.audit_logs)`),
    )
    await rebaseDemoClock(client)
    expect(Math.abs((await now()) - 3 * 3600)).toBeLessThan(5)
  })

  test('refuse a database that holds a community', async () => {
    await expect(seedDemo(postgres.client, { size: 'default', password: PASSWORD })).rejects.toThrow('empty database')
  })
})

interface ListedShift {
  id: string
  starts_at: string
  corps_color: string
  why_not: string | null
  clash: unknown
  mine: unknown
  places: { taken: number; capacity: number; waiting: number }
}
interface LedShift {
  id: string
  activity_status: string
  attendance: { checked_in: number }
}

/** A client whose connection is lost after so many chunks of events. */
function cutOffAfter(client: SqlClient, chunks: number): SqlClient {
  let left = chunks
  return {
    ...client,
    transaction: (run) =>
      client.transaction((tx) =>
        run({
          ...tx,
          query: (text, params) => {
            if (text.includes('replay(') && (left -= 1) < 0) throw new Error('cut off')
            return tx.query(text, params)
          },
        }),
      ),
  }
}

/** Without what belongs to the installation: when it migrated, how far its clock is ahead, its secret. */
const OWN = ['private.audit_key', 'private.demo_clock', 'public.method_profiles']

async function tablesOf(client: SqlClient): Promise<string[]> {
  const rows = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('public', 'private') order by 1`,
  )
  return [...rows.map((row) => row.name).filter((name) => !OWN.includes(name)), 'auth.users', 'auth.identities']
}

/** As the text Postgres prints; password hashes are made for each installation. */
async function rowsOf(client: SqlClient, table: string): Promise<string[]> {
  const rows = await client.query<{ line: string }>(
    `select case when $1::text = 'auth.users' then (to_jsonb(t) - 'encrypted_password')::text else t::text end as line from ${table} t`,
    [table],
  )
  return rows.map((row) => row.line).sort()
}
