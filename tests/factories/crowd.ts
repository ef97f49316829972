import type pg from 'pg'
import type { TestDatabase } from '../support/postgres'
import { loadWorld } from './world'

/** The moment every connection of a crowd's database lives in: Monday 2026-11-16, 08:00 in Shanghai. */
const NOW = '2026-11-16 00:00:00+00'

export type Answer = { ok: Record<string, unknown> } | { refused: string } | { failed: string }

/** The world, the first community with `size` volunteers more (`c1` … `cN`), and the clock set for every connection. */
export async function makeCrowd(database: TestDatabase, size: number): Promise<void> {
  await loadWorld(database.client)
  await database.client.exec(`
    alter database ${database.name} set sanlian.now = '${NOW}';
    set sanlian.now = '${NOW}';
    insert into auth.users (id, email) select tests.id('user c' || n), 'c' || n || '@example.test' from generate_series(1, ${size}) n;
    insert into public.accounts (user_id, birth_year, birth_month, terms_version) select tests.id('user c' || n), 1985, 5, '1' from generate_series(1, ${size}) n;
    insert into public.persons (community_id, id, display_name, birth_year, created_at) select tests.a(), tests.id('c' || n), '群*', 1985, now() from generate_series(1, ${size}) n;
    insert into public.person_private (community_id, person_id, real_name, name_key, birth_month) select tests.a(), tests.id('c' || n), '群众', '群众', 5 from generate_series(1, ${size}) n;
    insert into public.account_persons (community_id, id, user_id, person_id, joined_at)
      select tests.a(), tests.id('account of c' || n), tests.id('user c' || n), tests.id('c' || n), now() from generate_series(1, ${size}) n;
    insert into public.volunteers (community_id, id, volunteer_no, registered_at) select tests.a(), tests.id('c' || n), 'C' || n, now() from generate_series(1, ${size}) n;
    analyze;
  `)
}

/** One command as somebody, in one transaction and one round trip. `call` is SQL, as `claim_shift(tests.a(), …)`. */
export async function command(pool: pg.Pool | pg.PoolClient, who: string, call: string): Promise<Answer> {
  const client = 'release' in pool ? pool : await pool.connect()
  let broken = false
  // A backend that is killed says so once more when nobody asks.
  if (client !== pool && client.listenerCount('error') < 2) client.on('error', () => {})
  try {
    const results = (await client.query(
      `begin; select tests.become('${who}'); select public.${call} as answer; commit`,
    )) as unknown as pg.QueryResult[]
    return { ok: results[2]?.rows[0]?.answer ?? {} }
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    broken = !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('57P')
    if (!broken) await client.query('rollback')
    return code.startsWith('PT') ? { refused: message } : { failed: `${code} ${message}` }
  } finally {
    if (client !== pool) (client as pg.PoolClient).release(broken)
  }
}

/** Runs every job at once over the pool. */
export function atOnce<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
  return Promise.all(jobs.map((job) => job()))
}

export const id = (name: string) => `tests.id('${name}')`
export const range = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
