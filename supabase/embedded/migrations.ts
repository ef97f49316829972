import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineAt, splitSql, type Statement } from './split-sql.ts'
import type { SqlClient } from './sql-client.ts'
import { StartError } from './start-error.ts'

export const MIGRATIONS_DIR = fileURLToPath(new URL('../migrations', import.meta.url))

export interface Migration {
  version: string
  name: string
  file: string
  statements: Statement[]
}

/** The migrations of a folder in their order; the file name is `<version>_<name>.sql`, as the Supabase CLI has it. */
export async function readMigrations(dir: string = MIGRATIONS_DIR): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => /^\d+_.+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file) => {
      const [, version = '', name = ''] = /^(\d+)_(.+)\.sql$/.exec(file) ?? []
      const statements = splitSql(await readFile(join(dir, file), 'utf8'))
      return { version, name, file: basename(file), statements }
    }),
  )
}

export function migrationsHash(migrations: Migration[], salt = ''): string {
  const hash = createHash('sha256').update(salt)
  for (const { file, statements } of migrations) hash.update(`${file}\n${statements.map((s) => s.text).join(';\n')}\n`)
  return hash.digest('hex').slice(0, 20)
}

/**
 * Brings the database up to the folder, each migration in one transaction with its row in
 * `supabase_migrations.schema_migrations` (the table the Supabase CLI keeps, so that either can follow the other).
 * Refuses with a StartError, before anything is written, when the database holds a migration this version does not
 * know or one that reads differently here.
 * @returns the files applied now
 */
export async function migrate(
  db: SqlClient,
  migrations: Migration[],
  log: (file: string) => void = () => {},
): Promise<string[]> {
  await db.exec(HISTORY)
  const applied = await db.query<AppliedRow>(
    'select version, name, statements from supabase_migrations.schema_migrations order by version',
  )
  refuseNewer(applied, migrations)
  refuseChanged(applied, migrations)

  const done = new Set(applied.map((row) => row.version))
  const pending = migrations.filter((migration) => !done.has(migration.version))
  for (const migration of pending) {
    await applyOne(db, migration)
    log(migration.file)
  }
  return pending.map((migration) => migration.file)
}

const HISTORY = `
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (
  version text not null primary key,
  statements text[],
  name text
);
`

interface AppliedRow {
  version: string
  name: string | null
  statements: string[] | null
}

function refuseNewer(applied: AppliedRow[], migrations: Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.version))
  const unknown = applied.filter((row) => !known.has(row.version))
  if (unknown.length === 0) return
  const names = unknown.map((row) => `${row.version}_${row.name ?? ''}`).join(', ')
  throw new StartError(
    `The data were written by a newer version of Sanlian (migration ${names} is not in this one): ` +
      'start the newer version, or choose another data directory with SANLIAN_DATA_DIR; nothing was changed.',
  )
}

function refuseChanged(applied: AppliedRow[], migrations: Migration[]): void {
  const byVersion = new Map(applied.map((row) => [row.version, row]))
  const changed = migrations.find(({ version, statements }) => {
    const stored = byVersion.get(version)?.statements
    return stored && fingerprint(stored) !== fingerprint(statements.map((statement) => statement.text))
  })
  if (!changed) return
  throw new StartError(
    `The migration ${changed.file} is not the one these data were made with: restore the file as it was and put the ` +
      'change into a new migration, or (for data you can lose) start with another data directory; nothing was changed.',
  )
}

/** White space and the separators are left out: tools store them differently. */
function fingerprint(statements: string[]): string {
  return createHash('sha256')
    .update(statements.join('').replaceAll(/[\s;]+/g, ''))
    .digest('hex')
}

async function applyOne(db: SqlClient, { version, name, file, statements }: Migration): Promise<void> {
  await db.transaction(async (tx) => {
    // Compiling every function once more takes PGlite seconds at a first start; on Postgres each body is checked.
    if (db.kind === 'pglite') await tx.exec('set local check_function_bodies = off')
    for (const statement of statements) {
      try {
        await tx.exec(statement.text)
      } catch (error) {
        throw brokenMigration(file, statement, error)
      }
    }
    await tx.query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
      [version, name, statements.map((statement) => statement.text)],
    )
  })
}

function brokenMigration(file: string, { text, line }: Statement, error: unknown): StartError {
  const { message, position } = error as { message?: string; position?: string }
  const at = position ? line + lineAt(text, Number(position) - 1) - 1 : line
  const head = text.replaceAll(/\s+/g, ' ').slice(0, 60)
  return new StartError(
    `The migration ${file} fails at line ${at} (${head}…): ${message ?? String(error)}; it was rolled back and the data are as they were.`,
    { cause: error },
  )
}
