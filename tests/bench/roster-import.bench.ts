import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, test } from 'vitest'
import { BATCH_SIZE, guessMapping, toRow, toSheet } from '../../src/features/roster/rules'
import { newId } from '../../src/lib/id'
import type { SqlClient } from '../../supabase/embedded/sql-client'
import { makeCommunity, makeMember, type OfficeMember } from '../factories/office'
import { residentFile } from '../factories/roster'
import { as } from '../support/as'
import { createDatabase, type TestDatabase } from '../support/postgres'

/** A roster of 10,000 rows against a plain insert of the same persons; see claim.bench.ts for how to run and read it. */
const ROWS = 10_000

let database: TestDatabase
let db: SqlClient
let community: string
let secretary: OfficeMember
beforeAll(async () => {
  database = await createDatabase()
  db = database.client
  community = await makeCommunity(db)
  secretary = await makeMember(db, community, { role: 'community_secretary' })
}, 120_000)
afterAll(() => database.drop())

const say = (what: string, ms: number, base: number) =>
  console.info(
    `${what}: ${((ROWS / ms) * 1000).toFixed(0)} rows/s, ${(ms / base).toFixed(1)} × the cost of a plain insert`,
  )

test('an import of 10,000 rows against a plain insert', async () => {
  const file = residentFile({ rows: ROWS })
  const sheet = toSheet('居民', [file.headers, ...file.rows])!
  const mapping = guessMapping(sheet.headers, 'residents')
  const rows = sheet.rows.map((cells, i) => ({ row_no: sheet.rowNumbers[i]!, ...toRow(cells, mapping) }))

  const elsewhere = await makeCommunity(db)
  let began = performance.now()
  for (let at = 0; at < ROWS; at += BATCH_SIZE) {
    await db.query(
      `select private.insert_person($1, gen_random_uuid(), coalesce(r ->> 'name', '无'), null, 1960, 1, null, null, null, true) from jsonb_array_elements($2) r`,
      [elsewhere, rows.slice(at, at + BATCH_SIZE).map(({ name }) => ({ name: name?.slice(0, 50) }))],
    )
  }
  const plain = performance.now() - began
  say('plain insert', plain, plain)

  for (const what of ['first time', 'the same file again']) {
    began = performance.now()
    const id = newId()
    await as(db, secretary.persona, (tx) =>
      tx.query(`select public.begin_roster_import($1, $2, 'residents', 'x', repeat('a', 64), $3)`, [
        community,
        id,
        ROWS,
      ]),
    )
    for (let at = 0; at < ROWS; at += BATCH_SIZE) {
      const batch = rows.slice(at, at + BATCH_SIZE)
      await as(db, secretary.persona, (tx) =>
        tx.query('select public.import_roster_rows($1, $2, $3, $4)', [community, newId(), id, batch]),
      )
    }
    say(what, performance.now() - began, plain)
  }
}, 600_000)
