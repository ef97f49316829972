import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join, resolve } from 'node:path'
import { preview, type PreviewServer } from 'vite'
import { type Backend, openBackend } from './backend.ts'
import { buildIfNeeded, DIST, ROOT } from './build.ts'
import { everyPathHeaders } from './headers.ts'
import { messageOf } from './place.ts'
import { mountApi } from './plugin.ts'
import { StartError } from './start-error.ts'

// `npm start`: builds, opens the database, serves the app and the API on one port until it is told to stop.

const startedAt = performance.now()
const env = process.env
const dataDir = resolve(env['SANLIAN_DATA_DIR'] || join(ROOT, '.data'))
const port = Number(env['PORT'] || 5173)
const host = env['HOST'] || 'localhost'
const siteUrl = env['SITE_URL']?.replace(/\/+$/, '') || `http://localhost:${port}`

let backend: Backend | undefined
let server: PreviewServer | undefined
let stopping: Promise<void> | undefined

process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())

start().catch(async (error: unknown) => {
  if (stopping) return
  console.error(error instanceof StartError ? `\n${error.message}` : error)
  await close().catch(() => {})
  process.exit(1)
})

async function start(): Promise<void> {
  step(`三联 Sanlian starts`)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartError(`PORT is ${env['PORT']}, which is not a port: give a number from 1 to 65535.`)
  }
  await refuseTakenPort()
  // The app is built beside the database work; whichever fails first ends the start.
  let built: Promise<unknown> = Promise.resolve()
  backend = await openBackend({
    dataDir,
    databaseUrl: env['DATABASE_URL'],
    migrationsDir: env['SANLIAN_MIGRATIONS_DIR'],
    siteUrl,
    otherUrls: lanUrls(),
    log: step,
    onLocked: () => {
      if (env['SANLIAN_BUILD'] === 'never') return
      built = buildIfNeeded(step)
      built.catch(() => {})
    },
  })
  await built
  if (stopping) return
  server = await serve(backend)
  step('ready')
  announce(backend)
}

async function serve(api: Backend): Promise<PreviewServer> {
  // Vite would end the process by itself on SIGTERM, and when stdin closes unless CI is set: stopping is our affair.
  const listeners = process.listeners('SIGTERM')
  const ci = env['CI']
  env['CI'] = 'true'
  try {
    return await preview({
      configFile: false,
      root: ROOT,
      logLevel: 'warn',
      build: { outDir: DIST },
      plugins: [{ name: 'sanlian:api', configurePreviewServer: (previewed) => mountApi(previewed, api) }],
      preview: {
        port,
        host,
        strictPort: true,
        allowedHosts: true,
        headers: everyPathHeaders(join(ROOT, 'public/_headers')),
      },
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE' || /already in use/.test(messageOf(error)))
      throw portTaken()
    throw error
  } finally {
    if (ci === undefined) delete env['CI']
    else env['CI'] = ci
    for (const listener of process.listeners('SIGTERM')) {
      if (!listeners.includes(listener)) process.off('SIGTERM', listener)
    }
  }
}

/** Asked before anything is touched, so that a taken port costs nothing. */
function refuseTakenPort(): Promise<void> {
  return new Promise((free, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') fail(portTaken())
      else
        fail(new StartError(`${host}:${port} cannot be listened on (${error.code}): choose others with HOST and PORT.`))
    })
    probe.listen(port, host, () => probe.close(() => free()))
  })
}

function portTaken(): StartError {
  return new StartError(
    `Port ${port} is taken by another program: stop that one, or choose another port, e.g. PORT=${port + 1} npm start.`,
  )
}

function announce(api: Backend): void {
  const lines = ['', `  Open   ${siteUrl}`, ...lanUrls().map((url) => `  or     ${url}   (from the same network)`)]
  if (api.accounts.length > 0) {
    lines.push('', '  Demo accounts 演示账号')
    const width = Math.max(...api.accounts.map(({ email }) => email.length))
    for (const { label, email, password } of api.accounts) lines.push(`  ${email.padEnd(width)}  ${password}  ${label}`)
    if (api.invite) lines.push('', `  A new account joins with the invite code ${api.invite}  邀请码`)
  }
  if (api.kind === 'pglite') {
    lines.push(
      '',
      '  The data are in PGlite, which is for trying out: it outlives a stopped program but not a power cut.',
      '  To keep real data move them to Postgres:  npm run move -- postgres://user:password@host:5432/database',
    )
  }
  lines.push('', '  Ctrl-C stops it.', '')
  console.log(lines.join('\n'))
}

function lanUrls(): string[] {
  if (host !== '0.0.0.0' && host !== '::') return []
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal)
    .map((address) => `http://${address.address}:${port}`)
}

async function stop(): Promise<void> {
  if (stopping) process.exit(130)
  console.log('\nStopping; again Ctrl-C to force.')
  stopping = close()
  await stopping.catch((error: unknown) => console.error(messageOf(error)))
  console.log('Stopped.')
  process.exit(0)
}

async function close(): Promise<void> {
  if (server) {
    const { httpServer } = server
    await new Promise((done) => {
      httpServer.close(done)
      if ('closeAllConnections' in httpServer) httpServer.closeAllConnections()
    })
  }
  await backend?.close()
}

function step(what: string): void {
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${what}`)
}
