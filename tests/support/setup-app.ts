import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startApp } from './app'
import setupBuild from './setup-build'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data directory with the demo community, for `startApp({ copyOf })`. */
    seededDataDir: string
  }
}

/**
 * Global set-up of the browser journeys: builds, and seeds the demo community once; each file starts its own copy.
 * With E2E_BASE_URL the journeys run against an app that is there already.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env['E2E_BASE_URL']) {
    project.provide('seededDataDir', '')
    return undefined
  }
  await setupBuild()
  const dataDir = await mkdtemp(join(tmpdir(), 'sanlian-seeded-'))
  const app = await startApp({ dataDir })
  await app.stop()
  project.provide('seededDataDir', dataDir)
  return () => rm(dataDir, { recursive: true, force: true })
}
