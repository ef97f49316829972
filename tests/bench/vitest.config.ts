import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  resolve: { alias: { '@': new URL('../../src', import.meta.url).pathname } },
  test: {
    include: ['tests/bench/**/*.bench.ts'],
    environment: 'node',
    globalSetup: ['tests/support/setup-postgres.ts'],
    hookTimeout: 120_000,
    testTimeout: 120_000,
  },
})
