import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackend } from '../../supabase/embedded/backend'
import { ensureBaseline } from '../../supabase/embedded/baseline'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import { createDatabase, type TestDatabase } from '../support/postgres'

let dataDir: string
let database: TestDatabase
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sanlian-on-postgres-'))
  database = await createDatabase({ empty: true })
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

test('with DATABASE_URL the backend migrates an empty Postgres, answers, and leaves the grants as the migrations wrote them', async () => {
  const options = { dataDir, databaseUrl: database.url, siteUrl: 'http://localhost:1', seed: false }
  const backend = await openBackend(options)
  const granted = await grants()

  const ask = (path: string, body?: object) =>
    backend.app.fetch(
      new Request(`http://localhost:1${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { apikey: EMBEDDED_PUBLISHABLE_KEY, 'content-type': 'application/json' },
        body: body ? JSON.stringify(body) : null,
      }),
    )
  expect((await ask('/auth/v1/signup', { email: 'a@example.com', password: 'a-long-password-1' })).status).toBe(200)
  expect((await ask('/rest/v1/communities')).status).toBe(200)
  const refused = await ask('/rest/v1/communities', { id: '01920000-0000-7000-8000-000000000001', name: '冒名社区' })
  expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining('permission denied')])
  expect(await grants()).toEqual(granted)
  await backend.close()

  const again = await openBackend(options)
  expect(again.kind).toBe('postgres')
  await again.close()
})

/** Everything the API's roles may do to tables beyond reading them: nothing. */
async function grants(): Promise<unknown[]> {
  const rows = await database.client.query(
    `select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants
     where grantee in ('anon', 'authenticated') and table_schema in ('public', 'private') order by 1, 2, 3, 4`,
  )
  expect(rows.filter((row) => row['privilege_type'] !== 'SELECT')).toEqual([])
  return rows
}

test('where auth belongs to somebody else, as on a Supabase, the baseline is left alone', async () => {
  const hosted = await createDatabase({ empty: true })
  try {
    await hosted.client.exec('create role somebody_else; create schema auth authorization somebody_else')
    await ensureBaseline(hosted.client)
    expect(await hosted.client.query("select to_regclass('auth.users') as users")).toEqual([{ users: null }])
  } finally {
    await hosted.client.exec('drop schema auth; drop role somebody_else')
    await hosted.drop()
  }
})
