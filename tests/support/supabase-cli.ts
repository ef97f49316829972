import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FROM_NPM = fileURLToPath(new URL('../../node_modules/@supabase/cli-linux-x64/bin/supabase', import.meta.url))

/**
 * The Supabase CLI: SUPABASE_CLI, or the one that npm brought on Linux x64, or else the one on the PATH. Its parts for
 * the other platforms are not everywhere on npm, so it is an optional dependency for the one that CI runs on.
 */
export function supabaseCli(): string {
  return process.env['SUPABASE_CLI'] ?? (existsSync(FROM_NPM) ? FROM_NPM : 'supabase')
}
