import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshPglite, type TestPglite } from '../support/pglite'
import { runTap } from '../support/tap'

const DIR = fileURLToPath(new URL('../../supabase/tests', import.meta.url))

/** Every file of supabase/tests is one behaviour; its path is the sentence. */
describe('supabase/tests', () => {
  const files = readdirSync(DIR, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql') && !file.split('/').some((part) => part.startsWith('_')))
    .sort()

  let database: TestPglite
  beforeAll(async () => {
    database = await freshPglite()
    const world = readFileSync(join(DIR, '_world.sql'), 'utf8')
    await database.db.exec(`begin; set local search_path = public, extensions, tap; ${world}; commit`)
  }, 60_000)
  afterAll(() => database.close())

  test.each(files)('%s', async (file) => {
    const source = readFileSync(join(DIR, file), 'utf8').replaceAll(/^\\ir?\s+(\S+)\s*$/gm, (_, included: string) =>
      readFileSync(join(DIR, file, '..', included), 'utf8'),
    )
    // The world is there already; its clock is set for each file.
    const { failures, ran } = await runTap(database.db, `select tests.at('2026-11-16 08:00'); ${source}`)
    expect(failures.join('\n')).toBe('')
    expect(ran, 'a file asserts something').toBeGreaterThan(0)
  })
})
