import { baselineSql } from '../../supabase/embedded/baseline'
import { migrate, readMigrations } from '../../supabase/embedded/migrations'
import { postgresClient } from '../../supabase/embedded/sql-client'
import { type Cluster, connect, databaseUrl, startCluster, TEMPLATE } from './cluster'

export interface MigratedCluster extends Cluster {
  /** Superuser URL of the cluster's database `postgres`. */
  adminUrl: string
}

/** A throw-away Postgres cluster whose `url` is a migrated database. */
export async function migratedCluster(options?: Parameters<typeof startCluster>[0]): Promise<MigratedCluster> {
  const cluster = await startCluster(options)
  const admin = connect(cluster.url, 1)
  await admin.unsafe(`create database ${TEMPLATE}`)
  await admin.end()

  const url = databaseUrl(cluster.url, TEMPLATE)
  const sql = connect(url, 1)
  try {
    const client = postgresClient(sql)
    await client.exec(baselineSql())
    await migrate(client, await readMigrations())
  } catch (error) {
    await cluster.stop()
    throw error
  } finally {
    await sql.end()
  }
  return { ...cluster, url, adminUrl: cluster.url }
}
