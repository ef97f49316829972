import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from './app'
import setupBuild from './setup-build'

const SUPABASE = fileURLToPath(new URL('../../supabase', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/sanlian', import.meta.url))

/**
 * The data directory of an app that was started once (`npm start`), made its demo community and was stopped; for
 * copying. It is made once for each state of what goes into it and kept under node_modules/.cache.
 */
export async function seededDataDir(): Promise<string> {
  const dir = join(CACHE, `demo-${await hashOf(['migrations', 'seed', 'embedded'])}`)
  if (existsSync(dir)) return dir
  await setupBuild()
  await mkdir(CACHE, { recursive: true })
  for (const old of await readdir(CACHE))
    if (old.startsWith('demo-')) await rm(join(CACHE, old), { recursive: true, force: true })
  const making = await mkdtemp(join(CACHE, 'making-'))
  const app = await startApp({ dataDir: making, readyWithin: 600_000 })
  const code = await app.stop()
  if (code !== 0) throw new Error(`The app that made the demo community ended with ${code}:\n${app.output()}`)
  // Whoever else made one meanwhile has made the same.
  await rename(making, dir).catch(() => rm(making, { recursive: true, force: true }))
  return dir
}

async function hashOf(folders: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of folders)
    for (const name of (await readdir(join(SUPABASE, folder))).toSorted())
      hash.update(`${folder}/${name}\n`).update(await readFile(join(SUPABASE, folder, name)))
  return hash.digest('hex').slice(0, 16)
}
