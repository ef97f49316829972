import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ENTRIES_EACH, fillLedger } from '../factories/big-ledger'
import { makeCrowd } from '../factories/crowd'
import { createDatabase, type TestDatabase } from '../support/postgres'

/** A full recompute of a million entries is the balances; tests/db does the same with a tenth. */
const PEOPLE = 10_000

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, 1)
  const began = performance.now()
  await fillLedger(database.client, PEOPLE)
  console.info(`filled in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}, 600_000)
afterAll(() => database.drop())

test(`a full recompute of ${PEOPLE * ENTRIES_EACH} entries`, async () => {
  const began = performance.now()
  const off = await database.client.query('select * from private.accounts_off(tests.b())')
  console.info(`recomputed in ${((performance.now() - began) / 1000).toFixed(2)} s`)
  expect(off).toEqual([])
}, 600_000)
