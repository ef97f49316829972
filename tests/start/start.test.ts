import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { MIGRATIONS_DIR } from '../../supabase/embedded/migrations'
import { type RunningApp, startApp as start, type StartOptions, startRefused as refusedStart } from '../support/app'
import { freePort } from '../support/cluster'

let dir: string
/** The migrations as they were when these tests began. */
let migrations: string
/** A stopped installation that every test copies. */
let installation: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sanlian-start-'))
  migrations = join(dir, 'migrations')
  await cp(MIGRATIONS_DIR, migrations, { recursive: true })
  installation = join(dir, 'installation')
  const app = await startApp({ dataDir: installation, copyOf: inject('seededDataDir') })
  await signUp(app, 'first@example.com')
  expect(await app.stop()).toBe(0)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('npm start', () => {
  test('stopped by Ctrl-C it exits 0, leaves no lock, and the next start has the data', async () => {
    expect(await readdir(installation)).not.toContain('lock')
    const app = await startApp({ dataDir: await copy('again') })
    expect((await signIn(app, 'first@example.com')).status).toBe(200)
    expect(await app.stop('SIGTERM')).toBe(0)
  })

  test('secrets are made once, strong, and readable by the owner alone', async () => {
    const file = join(installation, 'secrets.json')
    const { jwt_secret: secret } = JSON.parse(await readFile(file, 'utf8')) as { jwt_secret: string }
    expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(48)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('a second start on the same data says who holds them, and the first goes on', async () => {
    const app = await startApp({ dataDir: await copy('held') })
    const second = await startRefused({ dataDir: app.dataDir })
    expect(second.code).toBe(1)
    expect(second.output).toContain(`in use by process ${app.process.pid} since `)
    expect(second.output).toContain(`at http://localhost:${app.port}`)
    expect((await signIn(app, 'first@example.com')).status).toBe(200)
    expect(await app.stop()).toBe(0)
  })

  test('of several starts at once on the data of a killed process exactly one gets them', async () => {
    const killed = await startApp({ dataDir: await copy('killed') })
    await signUp(killed, 'second@example.com')
    await killed.stop('SIGKILL')
    expect(await readdir(killed.dataDir)).toContain('lock')

    const attempts = await Promise.allSettled([1, 2, 3].map(() => startApp({ dataDir: killed.dataDir })))
    const started = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(started).toHaveLength(1)
    expect((await signIn(started[0]!, 'second@example.com')).status).toBe(200)
    await started[0]!.stop()
  })

  test('a lock whose process id now belongs to another program is taken over', async () => {
    const dataDir = await copy('reused')
    const holder = { id: 'x', pid: process.pid, born: 'another-boot:1', host: (await import('node:os')).hostname() }
    await writeFile(join(dataDir, 'lock'), JSON.stringify({ ...holder, since: '2026-01-01', address: 'nowhere' }))
    if (process.platform !== 'linux') return // only Linux tells when a process was born
    const app = await startApp({ dataDir })
    expect(await app.stop()).toBe(0)
  })

  test('a broken migration is named with its line and the message, is rolled back, and loses nothing', async () => {
    const dataDir = await copy('broken')
    const withBroken = join(dir, 'broken-migrations')
    await cp(migrations, withBroken, { recursive: true })
    const broken =
      '-- a comment\ncreate table public.half_made (id int);\n\ninsert into public.no_such_table\nvalues (1);\n'
    await writeFile(join(withBroken, '99991231000000_broken.sql'), broken)

    const refused = await startRefused({ dataDir, env: { SANLIAN_MIGRATIONS_DIR: withBroken } })
    expect(refused.code).toBe(1)
    expect(refused.output).toContain('99991231000000_broken.sql fails at line 4')
    expect(refused.output).toContain('relation "public.no_such_table" does not exist')
    expect(refused.output).not.toMatch(/^\s+at /m)

    const app = await startApp({ dataDir })
    expect((await signIn(app, 'first@example.com')).status).toBe(200)
    const halfMade = await rest(app, '/rest/v1/half_made')
    expect(halfMade.status).toBe(404)
    await app.stop()
  })

  test('data of a newer version are refused and kept', async () => {
    const dataDir = await copy('newer')
    const older = join(dir, 'older-migrations')
    await cp(migrations, older, { recursive: true })
    const last = (await readdir(older)).sort().at(-1)!
    await rm(join(older, last))
    const refused = await startRefused({ dataDir, env: { SANLIAN_MIGRATIONS_DIR: older } })
    expect(refused.code).toBe(1)
    expect(refused.output).toContain(
      `newer version of Sanlian (migration ${last.replace('.sql', '')} is not in this one)`,
    )
    const app = await startApp({ dataDir })
    expect((await signIn(app, 'first@example.com')).status).toBe(200)
    await app.stop()
  })

  test('a migration that was changed after it was applied is refused; white space does not matter', async () => {
    const dataDir = await copy('changed')
    const changed = join(dir, 'changed-migrations')
    await cp(migrations, changed, { recursive: true })
    const first = (await readdir(changed)).sort()[0]!
    const source = await readFile(join(changed, first), 'utf8')
    await writeFile(join(changed, first), `\n\n${source}\n`)
    const app = await startApp({ dataDir, env: { SANLIAN_MIGRATIONS_DIR: changed } })
    await app.stop()

    await writeFile(join(changed, first), `${source}\nselect 1;\n`)
    const refused = await startRefused({ dataDir, env: { SANLIAN_MIGRATIONS_DIR: changed } })
    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`The migration ${first} is not the one these data were made with`)
  })

  test('a taken port is refused before anything is touched', async () => {
    const port = await freePort()
    const other = createServer().listen(port, 'localhost')
    const dataDir = join(dir, 'never-made')
    const refused = await startRefused({ dataDir, port })
    other.close()
    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`Port ${port} is taken`)
    await expect(stat(dataDir)).rejects.toThrow('ENOENT')
  })

  test('a data directory that cannot be written to is refused', async () => {
    const file = join(dir, 'a-file')
    await writeFile(file, '')
    const refused = await startRefused({ dataDir: join(file, 'data') })
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(/The data directory \S+ does not serve, it cannot be written to \(ENOTDIR\)/)
  })

  test('an unreachable DATABASE_URL is refused without showing its password', async () => {
    const dataDir = join(dir, 'unreachable')
    const url = `postgres://me:very-secret@127.0.0.1:${await freePort()}/sanlian`
    const refused = await startRefused({ dataDir, env: { DATABASE_URL: url } })
    expect(refused.code).toBe(1)
    expect(refused.output).toMatch(/The Postgres at 127\.0\.0\.1:\d+\/sanlian cannot be used \(.*ECONNREFUSED/)
    expect(refused.output).not.toContain('very-secret')
  })

  test.each(['unsafe-secret-change-me', 'super-secret-jwt-token-with-at-least-32-characters-long', 'a'.repeat(64)])(
    'the known or weak secret %s is refused',
    async (secret) => {
      const dataDir = join(dir, `weak-${secret.length}-${secret.slice(0, 3)}`)
      await mkdir(dataDir)
      await writeFile(join(dataDir, 'secrets.json'), JSON.stringify({ jwt_secret: secret, demo_password: 'x' }))
      const refused = await startRefused({ dataDir })
      expect(refused.code).toBe(1)
      expect(refused.output).toContain('is a published or a weak one')
    },
  )

  test('requests of different people at the same moment never see each other’s identity', async () => {
    const app = await startApp({ dataDir: await copy('concurrent') })
    const tokens = await Promise.all(['a', 'b', 'c'].map((name) => signUp(app, `${name}@example.com`)))
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_none, i) => {
        const token = tokens[i % 4] // every fourth asks without signing in
        const { status, body } = await rest(app, '/rest/v1/rpc/my_session', token?.access_token)
        return { status, body, id: token?.user.id }
      }),
    )
    for (const { status, body, id } of answers) {
      const others = tokens.map((token) => token.user.id).filter((other) => other !== id)
      for (const other of others) expect(body).not.toContain(other)
      if (id) expect(body).toContain(id)
      else expect([status, body]).toEqual([401, expect.stringContaining('permission denied')])
    }
    await app.stop()
  })
})

function startApp(options: StartOptions): Promise<RunningApp> {
  return start({ ...options, env: { SANLIAN_MIGRATIONS_DIR: migrations, ...options.env } })
}

function startRefused(options: StartOptions & { dataDir: string }): ReturnType<typeof refusedStart> {
  return refusedStart({ ...options, env: { SANLIAN_MIGRATIONS_DIR: migrations, ...options.env } })
}

async function copy(name: string): Promise<string> {
  const to = join(dir, name)
  await cp(installation, to, { recursive: true })
  return to
}

interface SignedUp {
  access_token: string
  user: { id: string }
}

async function signUp(app: RunningApp, email: string): Promise<SignedUp> {
  const { status, body } = await auth(app, '/auth/v1/signup', email)
  expect(status, body).toBe(200)
  return JSON.parse(body) as SignedUp
}

function signIn(app: RunningApp, email: string): Promise<Answer> {
  return auth(app, '/auth/v1/token?grant_type=password', email)
}

interface Answer {
  status: number
  body: string
}

async function auth(app: RunningApp, path: string, email: string): Promise<Answer> {
  const response = await fetch(app.url + path, {
    method: 'POST',
    headers: { apikey: app.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'a-long-password-1' }),
  })
  return { status: response.status, body: await response.text() }
}

async function rest(app: RunningApp, path: string, token?: string): Promise<Answer> {
  const response = await fetch(app.url + path, {
    method: path.includes('/rpc/') ? 'POST' : 'GET',
    headers: {
      apikey: app.publishableKey,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: path.includes('/rpc/') ? '{}' : null,
  })
  return { status: response.status, body: await response.text() }
}
