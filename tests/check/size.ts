import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildIfNeeded } from '../../supabase/embedded/build'

// `npm run size`: the weight of the first load against its limits (.size-limit.js), on a fresh build.

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
if (process.env['SANLIAN_BUILD'] !== 'never') await buildIfNeeded(() => {})
process.exitCode = spawnSync('node_modules/.bin/size-limit', { cwd: ROOT, stdio: 'inherit' }).status ?? 1
