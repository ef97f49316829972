import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { askMatrix, differences, FUNCTIONS, prepareMatrix, type Matrix } from './gates/matrix'
import { EXCEPTIONS } from './gates/structural'

/**
 * The expected file is reviewed like code: read every changed line of its diff. It is written anew by
 * `UPDATE_MATRIX=1 npx vitest run --project db tests/db/policy-matrix.test.ts && npx oxfmt tests/db/policy-matrix.expected.json`.
 */
const EXPECTED = fileURLToPath(new URL('./policy-matrix.expected.json', import.meta.url))
const COMMUNITY_FREE = new Set([
  'org_units',
  'dictionaries',
  'work_calendar',
  'method_profiles',
  'communities',
  'accounts',
])

/** What is for everybody is for whoever comes from elsewhere, too; and one asks to join where one is no member yet. */
const FOR_EVERYBODY = new Set<string>([...EXCEPTIONS.publicFunctions, 'request_join'])

let database: TestDatabase
let actual: Matrix
beforeAll(async () => {
  database = await createDatabase()
  await loadWorld(database.client)
  await prepareMatrix(database.client)
  actual = await askMatrix(database.client)
  if (process.env['UPDATE_MATRIX']) writeFileSync(EXPECTED, JSON.stringify(actual, null, 2))
}, 120_000)
afterAll(() => database.drop())

const expected = () => JSON.parse(readFileSync(EXPECTED, 'utf8')) as Matrix
const cells = (parts: object) => Object.values(parts) as Record<string, string[]>[]

describe('policy matrix', () => {
  test('every cell is as reviewed', () => {
    expect(differences(expected(), actual)).toEqual([])
  })

  test('every function has an entry and every entry a function', () => {
    expect(Object.keys(actual.functions).sort()).toEqual(Object.keys(FUNCTIONS).sort())
  })

  test('nobody writes a table', () => {
    const written = Object.entries(actual.tables).filter(([, verbs]) =>
      cells({ i: verbs.insert, u: verbs.update, d: verbs.delete }).some(
        (said) => Object.keys(said).join() !== 'denied',
      ),
    )
    expect(written.map(([table]) => table)).toEqual([])
  })

  test('nobody reads a row of a community they are no member of', () => {
    const leaks = Object.entries(actual.tables).flatMap(([table, { select }]) =>
      COMMUNITY_FREE.has(table)
        ? []
        : Object.entries(select).flatMap(([said, who]) =>
            who
              .filter(
                (persona) =>
                  said !== 'denied' && (persona === 'b_volunteer' ? !said.startsWith('A 0,') : !said.includes('B 0')),
              )
              // What one asked of a community one reads oneself, wherever it was.
              .map((persona) => `${table}: ${persona} reads ${said}`),
          ),
    )
    expect(leaks).toEqual([])
  })

  test('no function lets a raw database error through', () => {
    const raw = Object.entries(actual.functions).flatMap(([name, variants]) =>
      cells(variants).flatMap((said) =>
        Object.keys(said)
          .filter((text) => text.startsWith('RAW'))
          .map((text) => `${name}: ${text}`),
      ),
    )
    expect(raw).toEqual([])
  })

  test('a row or a community of others is refused, whoever asks', () => {
    const granted = Object.entries(actual.functions).flatMap(([name, variants]) =>
      Object.entries(variants.foreign_community ?? {}).flatMap(([said, who]) =>
        who
          .filter((persona) => persona !== 'b_volunteer' && !/^(\d{3} |denied)/.test(said) && !FOR_EVERYBODY.has(name))
          .map((persona) => `${name}: ${persona} got ${said}`),
      ),
    )
    expect(granted).toEqual([])
  })
})
