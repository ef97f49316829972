import type { PGlite, Transaction } from '@electric-sql/pglite'
import type { Sql, TransactionSql } from 'postgres'

/**
 * The little of a database that starting, seeding and moving need, over PGlite and over a real Postgres alike.
 * Dates, times and timestamps come back as the text Postgres prints, never as `Date`.
 */
export interface SqlClient {
  readonly kind: 'pglite' | 'postgres'
  /** One statement with `$1…` parameters; the rows. */
  query<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>
  /** Any number of statements without parameters. */
  exec(text: string): Promise<void>
  /** All or nothing: commits when `run` resolves, rolls back when it rejects. */
  transaction<T>(run: (tx: SqlClient) => Promise<T>): Promise<T>
}

export function pgliteClient(db: PGlite): SqlClient {
  return {
    ...pgliteQueries(db),
    transaction: (run) => db.transaction((tx) => run(nested(pgliteQueries(tx)))) as never,
  }
}

function pgliteQueries(db: PGlite | Transaction): Omit<SqlClient, 'transaction'> {
  return {
    kind: 'pglite',
    query: async (text, params) => (await db.query(text, params as never[])).rows as never,
    exec: async (text) => {
      await db.exec(text)
    },
  }
}

export function postgresClient(sql: Sql): SqlClient {
  return {
    ...postgresQueries(sql),
    transaction: (run) => sql.begin((tx) => run(nested(postgresQueries(tx)))) as never,
  }
}

function postgresQueries(sql: Sql | TransactionSql): Omit<SqlClient, 'transaction'> {
  return {
    kind: 'postgres',
    query: async (text, params) => [...(await sql.unsafe(text, (params ?? []) as never[]))] as never,
    exec: async (text) => {
      await sql.unsafe(text).simple()
    },
  }
}

/** Inside a transaction a further `transaction` is part of the outer one. */
function nested(queries: Omit<SqlClient, 'transaction'>): SqlClient {
  const client: SqlClient = { ...queries, transaction: (run) => run(client) }
  return client
}
