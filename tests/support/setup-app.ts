import type { TestProject } from 'vitest/node'
import { seededDataDir } from './seeded'
import setupBuild from './setup-build'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data directory with the demo community, for `startApp({ copyOf })`. */
    seededDataDir: string
  }
}

/**
 * Global set-up of the projects that start the app: builds, and makes the demo community once; each file starts its
 * own copy. With E2E_BASE_URL the journeys run against an app that is there already.
 */
export default async function setup(project: TestProject): Promise<void> {
  const elsewhere = project.name === 'e2e' && process.env['E2E_BASE_URL']
  if (!elsewhere) await setupBuild()
  project.provide('seededDataDir', elsewhere ? '' : await seededDataDir())
}
