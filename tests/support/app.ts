import { spawn, type ChildProcess } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import type { DemoAccount } from '../../supabase/embedded/secrets'
import { freePort } from './cluster'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface StartOptions {
  /** Used as it is; by default a fresh directory that `stop` removes. */
  dataDir?: string
  /** A data directory to begin with a copy of. */
  copyOf?: string
  port?: number
  env?: Record<string, string>
  readyWithin?: number
}

export interface RunningApp {
  url: string
  port: number
  dataDir: string
  publishableKey: string
  accounts: DemoAccount[]
  process: ChildProcess
  /** What it printed so far. */
  output(): string
  /** Ends it as Ctrl-C does; the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the real app (`npm start`) on a free port and waits until it is ready. */
export async function startApp(options: StartOptions = {}): Promise<RunningApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'sanlian-data-')))
  if (options.copyOf) await cp(options.copyOf, dataDir, { recursive: true })
  const port = options.port ?? (await freePort())
  const launched = launch({ ...options, dataDir, port })
  await launched.until(/ s {2}ready$/m, options.readyWithin ?? 180_000).catch((error: unknown) => {
    // One that is late is not left running: it would keep the whole run from ending.
    launched.process.kill('SIGKILL')
    throw error
  })
  const { accounts = [] } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as {
    accounts?: DemoAccount[]
  }
  return {
    url: `http://localhost:${port}`,
    port,
    dataDir,
    publishableKey: EMBEDDED_PUBLISHABLE_KEY,
    accounts,
    process: launched.process,
    output: launched.output,
    async stop(signal = 'SIGINT') {
      launched.process.kill(signal)
      const code = await launched.exit
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** Runs `npm start` where it is expected to end by itself; what it printed and its exit code. */
export async function startRefused(
  options: StartOptions & { dataDir: string },
): Promise<{ code: number | null; output: string }> {
  const launched = launch({ ...options, port: options.port ?? (await freePort()) })
  const timer = setTimeout(() => launched.process.kill('SIGKILL'), options.readyWithin ?? 60_000)
  const code = await launched.exit
  clearTimeout(timer)
  return { code, output: launched.output() }
}

interface Launched {
  process: ChildProcess
  output(): string
  exit: Promise<number | null>
  until(pattern: RegExp, ms: number): Promise<void>
}

export function launch({ dataDir, port, env = {} }: StartOptions & { dataDir: string; port: number }): Launched {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'supabase/embedded/start.ts')], {
    cwd: ROOT,
    env: { ...cleanEnv(), SANLIAN_DATA_DIR: dataDir, PORT: String(port), SANLIAN_BUILD: 'never', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  // A test run that is cut off leaves no server behind.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  void exit.then(() => process.off('exit', end))

  return {
    process: child,
    output: () => said,
    exit,
    until: (pattern, ms) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(said)) settle(resolve)
        }
        const settle = (then: () => void) => {
          clearTimeout(timer)
          child.stdout.off('data', look)
          then()
        }
        const timer = setTimeout(() => settle(() => reject(new Error(`not ready within ${ms} ms:\n${said}`))), ms)
        child.stdout.on('data', look)
        void exit.then((code) => settle(() => reject(new Error(`ended with ${code} before it was ready:\n${said}`))))
        look()
      }),
  }
}

/** Without what the test runner or a developer's shell would pass on. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { VITEST: _, NODE_ENV: __, DATABASE_URL: ___, HOST: ____, SITE_URL: _____, ...rest } = process.env
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('VITE')))
}
