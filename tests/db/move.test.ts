import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackend } from '../../supabase/embedded/backend'
import type { SqlClient } from '../../supabase/embedded/sql-client'
import { seededDataDir } from '../support/seeded'
import { createDatabase, type TestDatabase } from '../support/postgres'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
let dataDir: string
let target: TestDatabase
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sanlian-move-'))
  await cp(await seededDataDir(), dataDir, { recursive: true })
  target = await createDatabase({ empty: true })
}, 240_000)
afterAll(async () => {
  await target.drop()
  await rm(dataDir, { recursive: true, force: true })
})

test('npm run move takes every row of a trial to an empty Postgres, and refuses one that is in use', async () => {
  const trial = await openBackend({ dataDir, siteUrl: 'http://localhost:1' })
  const before = await fingerprints(trial.client)
  await trial.close()

  const first = await run()
  expect(first.output).toContain('done')
  expect(await fingerprints(target.client)).toEqual(before)

  const second = await run()
  expect(second.code).toBe(1)
  expect(second.output).toContain('already holds a community or accounts')
  expect(await fingerprints(target.client)).toEqual(before)
})

async function run(): Promise<{ code: number; output: string }> {
  const args = ['--import', 'tsx', 'supabase/embedded/move.ts', target.url]
  const env = { ...process.env, SANLIAN_DATA_DIR: dataDir, VITEST: '' }
  return promisify(execFile)(process.execPath, args, { cwd: ROOT, env }).then(
    ({ stdout }) => ({ code: 0, output: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, output: stdout + stderr }),
  )
}

/** Rows and their digest, by table, whatever order they are stored in. */
async function fingerprints(db: SqlClient): Promise<Record<string, string>> {
  const tables = await db.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('auth', 'public', 'private') order by 1`,
  )
  const result: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await db.query<{ print: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(to_jsonb(t)::text), '' order by md5(to_jsonb(t)::text))), '') as print from ${name} t`,
    )
    result[name] = row?.print ?? ''
  }
  return result
}
