import { execFile, spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { migratedCluster } from '../support/migrated-cluster'
import { supabaseCli } from '../support/supabase-cli'

// `npm run types` writes src/lib/database.types.ts from the migrated database; `--check` only compares.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILE = `${ROOT}src/lib/database.types.ts`
const HEAD = '// Generated from the migrations by `npm run types`; not edited by hand.\n'

const { url, stop } = await migratedCluster()
try {
  const { stdout } = await promisify(execFile)(
    supabaseCli(),
    ['gen', 'types', 'typescript', `--remote=${url}`, '--schema=public'],
    {
      cwd: ROOT,
      maxBuffer: 64_000_000,
      env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', PGSSLMODE: 'disable' },
    },
  )
  // The tool may say something of its own before the types.
  const generated = formatted(HEAD + stdout.slice(stdout.indexOf('export type Json')))
  if (!process.argv.includes('--check')) await writeFile(FILE, generated)
  else if ((await readFile(FILE, 'utf8')) !== generated) {
    console.error('src/lib/database.types.ts is not what the migrations make: run `npm run types` and commit it.')
    process.exitCode = 1
  }
} finally {
  await stop()
}

function formatted(source: string): string {
  const { stdout, stderr, status } = spawnSync(
    `${ROOT}node_modules/.bin/oxfmt`,
    ['--stdin-filepath', `${ROOT}src/lib/types.ts`],
    { cwd: ROOT, input: source, encoding: 'utf8', maxBuffer: 64_000_000 },
  )
  if (status !== 0 || !stdout.includes('export type Database')) throw new Error(`oxfmt failed: ${stderr}`)
  return stdout
}
