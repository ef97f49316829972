import type { TestProject } from 'vitest/node'
import { migratedCluster } from './migrated-cluster'

/** Global set-up of the projects on a real Postgres: one cluster for the run, with a migrated template to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await migratedCluster()
  project.provide('postgresUrl', cluster.adminUrl)
  return cluster.stop
}
