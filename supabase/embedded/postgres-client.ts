import postgres from 'postgres'
import { messageOf, placeOf } from './place.ts'
import { postgresClient, type SqlClient } from './sql-client.ts'
import { StartError } from './start-error.ts'

/** A connection for the commands that work on a Postgres without serving it; StartError when it cannot be had. */
export async function openPostgresClient(url: string): Promise<{ client: SqlClient; end(): Promise<void> }> {
  const text = { to: 25, from: [1082, 1083, 1114, 1184, 1266], serialize: String, parse: (value: string) => value }
  const options = { max: 1, connect_timeout: 10, onnotice: () => {}, types: { text }, connection: { TimeZone: 'UTC' } }
  const sql = postgres(url, options) as unknown as postgres.Sql
  try {
    await sql`select 1`
  } catch (error) {
    await sql.end({ timeout: 1 }).catch(() => {})
    throw new StartError(`The Postgres at ${placeOf(url)} cannot be used (${messageOf(error)}).`, { cause: error })
  }
  return { client: postgresClient(sql), end: () => sql.end({ timeout: 5 }) }
}
