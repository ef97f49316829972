import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, readMigrations } from '../../supabase/embedded/migrations'
import { createDatabase, type TestDatabase } from '../support/postgres'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

test('every migration is recorded as the Supabase CLI records it, and a second run applies nothing', async () => {
  const migrations = await readMigrations()
  const rows = await database.client.query<{ version: string; name: string; count: number }>(
    'select version, name, cardinality(statements) as count from supabase_migrations.schema_migrations order by version',
  )
  expect(rows.map((row) => `${row.version}_${row.name}.sql`)).toEqual(migrations.map((migration) => migration.file))
  expect(rows.every((row) => row.count > 0)).toBe(true)
  expect(await migrate(database.client, migrations)).toEqual([])
})
