import type { TestProject } from 'vitest/node'
import { baselineSql } from '../../supabase/embedded/baseline'
import { migrate, readMigrations } from '../../supabase/embedded/migrations'
import { postgresClient } from '../../supabase/embedded/sql-client'
import { connect, databaseUrl, startCluster, TEMPLATE } from './cluster'

/** Global set-up of the projects on a real Postgres: one cluster for the run, with a migrated template to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  const adminSql = connect(cluster.url, 1)
  await adminSql.unsafe(`create database ${TEMPLATE}`)
  await adminSql.end()

  const sql = connect(databaseUrl(cluster.url, TEMPLATE), 1)
  const client = postgresClient(sql)
  try {
    await client.exec(baselineSql())
    await migrate(client, await readMigrations())
  } catch (error) {
    await sql.end()
    await cluster.stop()
    throw error
  }
  await sql.end()

  project.provide('postgresUrl', cluster.url)
  return () => cluster.stop()
}
