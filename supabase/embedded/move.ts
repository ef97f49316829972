import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createPgliteConnection } from '@supabase/lite/pglite'
import { ensureBaseline } from './baseline.ts'
import { ROOT } from './build.ts'
import { lockDataDir } from './lock.ts'
import { migrate, readMigrations } from './migrations.ts'
import { messageOf, placeOf } from './place.ts'
import { openPostgresClient } from './postgres-client.ts'
import { pgliteClient, type SqlClient } from './sql-client.ts'
import { StartError } from './start-error.ts'

// `npm run move -- postgres://…`: takes the data of a trial (PGlite) over to an empty Postgres, all of them or none.

const SCHEMAS = ['auth', 'public', 'private']
const ROWS_AT_ONCE = 500

interface Table {
  name: string
  columns: string[]
}

const startedAt = performance.now()
const dataDir = resolve(process.env['SANLIAN_DATA_DIR'] || join(ROOT, '.data'))

move(process.argv[2]).catch((error: unknown) => {
  console.error(
    error instanceof StartError
      ? `\n${error.message}`
      : `\nThe data were not moved, the target is as it was: ${messageOf(error)}`,
  )
  process.exit(1)
})

async function move(url: string | undefined): Promise<void> {
  if (!url || !/^postgres(ql)?:\/\//.test(url)) {
    throw new StartError('Say where to: npm run move -- postgres://user:password@host:5432/database')
  }
  const pgliteDir = join(dataDir, 'pglite')
  if (!existsSync(pgliteDir))
    throw new StartError(`There is no trial in ${dataDir}; name its directory with SANLIAN_DATA_DIR.`)

  const lock = await lockDataDir(dataDir, `moving to ${placeOf(url)}`)
  const pglite = await createPgliteConnection({ url: pgliteDir })
  await pglite.driver.waitReady
  const from = pgliteClient(pglite.driver)
  const target = await openPostgresClient(url)
  try {
    const migrations = await readMigrations()
    await migrate(from, migrations)
    step('trial: up to date')
    await ensureBaseline(target.client)
    await migrate(target.client, migrations)
    step(`target: Postgres at ${placeOf(url)}, migrated`)

    const tables = await tablesOf(from)
    await target.client.transaction(async (to) => {
      await refuseUsed(to)
      await copyAll(from, to, tables)
    })
    step('done')
    console.log(
      `\n  From now on start with it:\n\n    DATABASE_URL=${hidden(url)} npm start\n\n  The trial in ${dataDir} is kept; its secrets.json stays in use.\n`,
    )
  } finally {
    await target.end()
    await pglite.close()
    await lock.release()
  }
  process.exit(0)
}

/** Every table with its columns that can be written; generated ones follow by themselves. */
function tablesOf(db: SqlClient): Promise<Table[]> {
  return db.query<Table>(
    `select c.oid::regclass::text as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relnamespace::regnamespace::text = any ($1)
     group by c.oid order by 1`,
    [SCHEMAS],
  )
}

async function refuseUsed(to: SqlClient): Promise<void> {
  const [used] = await to.query<{ used: boolean }>(
    'select exists (select from public.communities) or exists (select from auth.users) as used',
  )
  if (used?.used)
    throw new StartError(
      'The target already holds a community or accounts: choose an empty database; nothing was changed.',
    )
}

async function copyAll(from: SqlClient, to: SqlClient, tables: Table[]): Promise<void> {
  // Rows come as they are: triggers and foreign keys have already had their say.
  await to.exec('set local session_replication_role = replica')
  for (const table of tables) {
    // What a migration put there is replaced by what became of it.
    await to.exec(`delete from ${table.name}`)
    const count = await copyTable(from, to, table)
    const [there] = await to.query<{ count: number }>(`select count(*)::int as count from ${table.name}`)
    const [here] = await from.query<{ count: number }>(`select count(*)::int as count from ${table.name}`)
    if (there?.count !== here?.count)
      throw new Error(`${table.name} has ${here?.count} rows and ${there?.count} arrived`)
    if (count > 0) step(`${table.name}: ${count}`)
  }
  await copySequences(from, to)
}

/** As JSON text, which both sides read and write alike, in the order the rows are stored. */
async function copyTable(from: SqlClient, to: SqlClient, { name, columns }: Table): Promise<number> {
  const list = columns.join(', ')
  let last = '(0,0)'
  let count = 0
  for (;;) {
    const [page] = await from.query<{ rows: string | null; last: string | null; count: number }>(
      `select json_agg(t order by at)::text as rows, max(at)::text as last, count(*)::int as count
       from (select s.ctid as at, to_jsonb(s) as t from ${name} s where s.ctid > $1::text::tid order by s.ctid limit ${ROWS_AT_ONCE}) page`,
      [last],
    )
    if (!page?.rows || !page.last) return count
    await to.query(
      `insert into ${name} (${list}) overriding system value
       select ${columns.map((column) => `r.${column}`).join(', ')} from jsonb_populate_recordset(null::${name}, $1::text::jsonb) r`,
      [page.rows],
    )
    last = page.last
    count += page.count
  }
}

async function copySequences(from: SqlClient, to: SqlClient): Promise<void> {
  const sequences = await from.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value
     from pg_sequences where schemaname = any ($1) and last_value is not null`,
    [SCHEMAS],
  )
  for (const { name, value } of sequences)
    await to.query('select setval($1::text::regclass, $2::text::bigint)', [name, value])
}

function hidden(url: string): string {
  const shown = new URL(url)
  if (shown.password) shown.password = '…'
  return decodeURI(shown.href)
}

function step(what: string): void {
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${what}`)
}
