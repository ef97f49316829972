import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { supabaseCli } from '../support/supabase-cli'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Findings of level info that were looked at and stay.
 * `unused_index` is about how a database was used: a fresh one has used none. Whether every index is needed, and every
 * foreign key has one, is asked by the security gate and the plans.
 */
const REVIEWED_RULES = new Set(['unused_index'])
/** Closed on purpose: row-level security on and no policy, reached by commands only. `schema.table`. */
const CLOSED_TABLES = /^private\./

interface Finding {
  name: string
  level: string
  detail: string
  metadata?: { schema?: string; name?: string }
}

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

test('Supabase’s own advisors find nothing at warn or above, and no info that was not reviewed', async () => {
  const open = (await findings()).filter(
    ({ name, level, metadata }) =>
      level !== 'INFO' ||
      !(
        REVIEWED_RULES.has(name) ||
        (name === 'rls_enabled_no_policy' && CLOSED_TABLES.test(`${metadata?.schema}.${metadata?.name}`))
      ),
  )
  expect(open.map(({ level, name, detail }) => `${level} ${name}: ${detail}`)).toEqual([])
})

test('the advisors do look: a table without row-level security is found', async () => {
  await database.client.exec(
    'create table public.open_to_all (id int primary key); grant select on public.open_to_all to anon',
  )
  const found = await findings()
  expect(
    found
      .filter(({ level }) => level !== 'INFO')
      .map(({ detail }) => detail)
      .join('\n'),
  ).toContain('open_to_all')
})

async function findings(): Promise<Finding[]> {
  const { stdout } = await promisify(execFile)(
    supabaseCli(),
    ['db', 'advisors', `--remote=${database.url}`, '--type=all', '--level=info', '--fail-on=none', '--output=json'],
    {
      cwd: ROOT,
      maxBuffer: 64_000_000,
      env: { ...process.env, PGSSLMODE: 'disable', SUPABASE_TELEMETRY_DISABLED: '1' },
    },
  )
  return JSON.parse(stdout.slice(stdout.indexOf('['))) as Finding[]
}
