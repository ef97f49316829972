import { PGlite } from '@electric-sql/pglite'
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto'
import { pgtap } from '@electric-sql/pglite/pgtap'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { baselineSql } from '../../supabase/embedded/baseline'
import { migrate, migrationsHash, readMigrations } from '../../supabase/embedded/migrations'
import { pgliteClient, type SqlClient } from '../../supabase/embedded/sql-client'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/sanlian', import.meta.url))

/** Dates and times as text, as everywhere else; json parsed. */
const asText = Object.fromEntries([1082, 1083, 1114, 1184, 1266].map((oid) => [oid, (value: string) => value]))

/** pgTAP keeps its count in temporary tables of whoever planned: its bookkeeping runs as that one under any role. */
const PGTAP = `
create schema tap;
create extension pgtap with schema tap;
grant usage on schema tap to public;
grant execute on all functions in schema tap to public;
do $$
declare f regprocedure;
begin
  for f in
    select p.oid from pg_proc p
    where p.pronamespace = 'tap'::regnamespace and p.prokind = 'f'
      and p.proname in ('_get','_get_latest','_get_note','_set','_add','add_result','_currtest','_todo','todo','todo_start',
        'todo_end','in_todo','num_failed','plan','no_plan','finish','_finish','_cleanup','ok','pass','fail','skip')
  loop
    execute format('alter function %s security definer', f);
  end loop;
end $$;
`

export interface TestPglite {
  db: PGlite
  client: SqlClient
  close(): Promise<void>
}

/**
 * A fresh migrated PGlite with pgTAP in the schema `tap`. The migrated image is made once for each state of the
 * migrations and kept under node_modules/.cache, so that a test file pays only for loading it.
 */
export async function freshPglite(): Promise<TestPglite> {
  const image = await migratedImage()
  return opened(new PGlite({ loadDataDir: new Blob([image]), extensions: { pgcrypto, pgtap }, parsers: asText }))
}

async function opened(db: PGlite): Promise<TestPglite> {
  await db.waitReady
  return { db, client: pgliteClient(db), close: () => db.close() }
}

/** Makes the migrated image if it is not there yet. The global set-up calls it, so that workers do not all make one. */
export async function migratedImage(): Promise<Uint8Array<ArrayBuffer>> {
  const migrations = await readMigrations()
  const file = join(CACHE, `pglite-${migrationsHash(migrations, baselineSql() + PGTAP)}.tar`)
  const cached = await readFile(file).catch(() => undefined)
  if (cached) return new Uint8Array(cached)

  const { db, client, close } = await opened(new PGlite({ extensions: { pgcrypto, pgtap } }))
  await client.exec(baselineSql())
  await migrate(client, migrations)
  await client.exec(PGTAP)
  const image = new Uint8Array(await (await db.dumpDataDir('none')).arrayBuffer())
  await close()

  await mkdir(CACHE, { recursive: true })
  for (const old of await readdir(CACHE)) if (old.startsWith('pglite-')) await rm(join(CACHE, old), { force: true })
  await writeFile(`${file}.${process.pid}`, image)
  await rename(`${file}.${process.pid}`, file)
  return image
}
