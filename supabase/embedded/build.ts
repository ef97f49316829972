import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { StartError } from './start-error.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const DIST = resolve(ROOT, 'dist')

const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'supabase/embedded/embedded-key.ts',
]

/** Builds `dist/` when a source is newer than it or when it was made for a hosted Supabase; tells whether it did. */
export async function buildIfNeeded(log: (step: string) => void): Promise<boolean> {
  if (await isFresh()) {
    log('app: built already')
    return false
  }
  log('app: building …')
  // Built beside and put in place at once: an app that is being served never misses a file of its own.
  const [next, last] = [`${DIST}.next`, `${DIST}.last`]
  const vite = resolve(ROOT, 'node_modules/vite/bin/vite.js')
  await run(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', next, '--emptyOutDir'])
  await rm(last, { recursive: true, force: true })
  if (existsSync(DIST)) await rename(DIST, last)
  await rename(next, DIST)
  await rm(last, { recursive: true, force: true })
  log('app: built')
  return true
}

async function isFresh(): Promise<boolean> {
  const mark = join(DIST, '.vite/built-for.json')
  const text = await readFile(mark, 'utf8').catch(() => undefined)
  if (text === undefined || (JSON.parse(text) as { url?: string }).url !== '') return false
  const builtAt = (await stat(mark)).mtimeMs
  const newest = await Promise.all(SOURCES.map((path) => newestIn(resolve(ROOT, path))))
  return Math.max(...newest) <= builtAt
}

async function newestIn(path: string): Promise<number> {
  if (!existsSync(path)) return 0
  const { mtimeMs } = await stat(path)
  // The build itself writes the typed routes.
  if (path.endsWith('typed-router.d.ts') || /\.(spec|test)\.ts$/.test(path)) return 0
  const children = await readdir(path).catch(() => [])
  const times = await Promise.all(children.map((name) => newestIn(join(path, name))))
  return children.length > 0 ? Math.max(...times) : mtimeMs
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const env = {
      ...process.env,
      NODE_ENV: 'production',
      VITE_SUPABASE_URL: '',
      VITE_SUPABASE_PUBLISHABLE_KEY: '',
      NO_COLOR: '1',
    }
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const keep = (chunk: Buffer) => {
      said = `${said}${stripVTControlCharacters(chunk.toString())}`.slice(-2000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const end = () => child.kill()
    process.once('exit', end)
    child.once('error', fail)
    child.once('close', (code) => {
      process.off('exit', end)
      if (code === 0) done()
      else fail(new StartError(`The app could not be built (vite build ended with ${code}):\n${said}`))
    })
  })
}
