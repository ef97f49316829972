import type { PGlite } from '@electric-sql/pglite'
import { splitSql } from '../../supabase/embedded/split-sql'

export interface TapResult {
  ran: number
  failures: string[]
}

/**
 * Runs one pgTAP file (plain SQL: `select plan(n); …; select * from finish();`) in a transaction that is rolled back.
 * `begin`, `rollback` and `commit` of the file itself are left out; pgTAP is on the search path.
 */
export async function runTap(db: PGlite, source: string): Promise<TapResult> {
  const failures: string[] = []
  let planned: number | undefined
  let ran = 0
  await db.exec('begin; set local search_path = public, extensions, tap')
  try {
    for (const { text, line } of splitSql(source)) {
      if (/^(begin|rollback|commit)$/i.test(text)) continue
      const results = await db.exec(text, { rowMode: 'array' }).catch((error: Error) => {
        throw new Error(`line ${line}: ${error.message}\n${text.slice(0, 400)}`, { cause: error })
      })
      for (const said of results.flatMap((result) => result.rows as unknown[][]).map((row) => String(row[0] ?? ''))) {
        const plan = /^1\.\.(\d+)/.exec(said)?.[1]
        if (plan) planned = Number(plan)
        if (/^(not )?ok \d+/.test(said)) ran += 1
        if (said.startsWith('not ok') && !/# TODO/.test(said)) failures.push(`line ${line}: ${said}`)
      }
    }
  } finally {
    await db.exec('rollback')
  }
  if (planned !== undefined && planned !== ran) failures.push(`planned ${planned} assertions, ran ${ran}`)
  return { ran, failures }
}
