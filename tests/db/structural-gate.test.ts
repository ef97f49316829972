import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { EXCEPTIONS, STRUCTURAL_RULES, structuralFindings } from './gates/structural'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())

test.each(STRUCTURAL_RULES)('%s', async (rule) => {
  expect((await structuralFindings(database.client, rule)).map((finding) => finding.what)).toEqual([])
})

test('every exception is still needed', async () => {
  const names = async (sql: string) => (await database.client.query<{ n: string }>(sql)).map((row) => row.n)
  const functions = await names(
    `select proname as n from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)`,
  )
  const tables = await names(
    `select relname as n from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  expect(
    [...EXCEPTIONS.publicFunctions, ...EXCEPTIONS.policyHelpers].filter((name) => !functions.includes(name)),
  ).toEqual([])
  expect(
    [...EXCEPTIONS.aboveCommunities, ...EXCEPTIONS.otherKeys, ...EXCEPTIONS.publicTables].filter(
      (name) => !tables.includes(name),
    ),
  ).toEqual([])
})
