import pg from 'pg'
import { inject } from 'vitest'
import { postgresClient, type SqlClient } from '../../supabase/embedded/sql-client'
import { connect, databaseUrl, TEMPLATE } from './cluster'

declare module 'vitest' {
  interface ProvidedContext {
    /** Admin URL of the run's Postgres cluster; the database named by it is `postgres`. */
    postgresUrl: string
  }
}

export interface TestDatabase {
  url: string
  name: string
  client: SqlClient
  /** A node-postgres pool on this database (for races and plans); ended by `drop`. */
  pool(max?: number): pg.Pool
  drop(): Promise<void>
}

/** A migrated database of its own on the run's real Postgres, in about 100 ms. `empty: true` gives one without anything. */
export async function createDatabase({ empty = false }: { empty?: boolean } = {}): Promise<TestDatabase> {
  const adminUrl = inject('postgresUrl')
  const name = `t_${process.pid}_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`
  await admin(adminUrl, `create database ${name} template ${empty ? 'template0' : TEMPLATE}`)

  const url = databaseUrl(adminUrl, name)
  const sql = connect(url)
  const pools: pg.Pool[] = []
  return {
    url,
    name,
    client: postgresClient(sql),
    pool(max = 10) {
      const pool = new pg.Pool({ connectionString: url, max })
      pool.on('error', () => {})
      pools.push(pool)
      return pool
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()))
      await sql.end({ timeout: 5 })
      await admin(adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
