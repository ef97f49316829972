import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadEnv, runnerImport, type Connect, type Plugin, type PreviewServer, type ViteDevServer } from 'vite'
import type * as BackendModule from './backend.ts'
import { EMBEDDED_PUBLISHABLE_KEY } from './embedded-key.ts'
import { StartError } from './start-error.ts'

type Backend = BackendModule.Backend

const PREFIXES = ['/auth/v1', '/rest/v1']

/**
 * Without VITE_SUPABASE_URL the app is built for the embedded backend: it talks to where it came from, with the
 * embedded publishable key. Must run before Vite reads the environment.
 */
export function useEmbeddedKey(mode: string): void {
  if (isHosted(mode)) return
  process.env['VITE_SUPABASE_URL'] = ''
  process.env['VITE_SUPABASE_PUBLISHABLE_KEY'] = EMBEDDED_PUBLISHABLE_KEY
}

function isHosted(mode: string): boolean {
  const env = loadEnv(mode, process.cwd(), 'VITE_')
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = env
  if (url && !key)
    throw new StartError('VITE_SUPABASE_URL is set without VITE_SUPABASE_PUBLISHABLE_KEY: give both or none.')
  return Boolean(url)
}

/** Writes into the build which backend it is for, so that `npm start` never serves one made for a hosted Supabase. */
export function builtFor(): Plugin {
  return {
    name: 'sanlian:built-for',
    apply: 'build',
    generateBundle() {
      const url = process.env['VITE_SUPABASE_URL'] ?? ''
      this.emitFile({ type: 'asset', fileName: '.vite/built-for.json', source: JSON.stringify({ url }) })
    },
  }
}

/** In `vite` (development): the embedded backend in `.data/dev`, unless VITE_SUPABASE_URL names another. */
export function embeddedBackend(): Plugin {
  return {
    name: 'sanlian:embedded-backend',
    apply: (_, { command, isPreview }) => command === 'serve' && !isPreview && !process.env['VITEST'],
    async configureServer(server) {
      if (isHosted(server.config.mode)) return
      await serveInDevelopment(server)
    },
  }
}

async function serveInDevelopment(server: ViteDevServer): Promise<void> {
  const { port, host } = server.config.server
  const siteUrl = `http://localhost:${port}`
  const backend = await shared(async () => {
    // Not by import(): it would become a part of the configuration, and every change of a seed would restart the server.
    const { module } = await runnerImport<typeof BackendModule>(fileURLToPath(new URL('./backend.ts', import.meta.url)))
    return module.openBackend({
      dataDir: resolve(process.env['SANLIAN_DATA_DIR'] ?? '.data/dev'),
      databaseUrl: process.env['DATABASE_URL'],
      siteUrl,
      log: (step) => server.config.logger.info(`  ${step}`),
    })
  }).catch((error: unknown) => {
    // By name: the runner has a class of its own.
    if (!(error instanceof Error && error.name === 'StartError')) throw error
    server.config.logger.error(error.message)
    process.exit(1)
  })
  if (host) server.config.logger.info('  the embedded backend is reachable from the network')
  await mountApi(server, backend)
  for (const { label, email, password } of backend.accounts) {
    server.config.logger.info(`  ${label}  ${email}  ${password}`)
  }
  const close = server.close.bind(server)
  server.close = async () => {
    await close()
    await letGo()
  }
  // Vite leaves Ctrl-C to the system, which would not close the database.
  process.once('SIGINT', () => void server.close().finally(() => process.exit(0)))
}

/** Puts the API before everything else a Vite server answers. */
export async function mountApi(server: ViteDevServer | PreviewServer, backend: Pick<Backend, 'app'>): Promise<void> {
  const { honoMiddleware } = await import('@supabase/lite/vite')
  server.middlewares.use(honoMiddleware(backend.app as never, PREFIXES) as Connect.NextHandleFunction)
}

/** Vite makes the new server before it closes the old one when its configuration changes: both use one backend. */
const memory = globalThis as { sanlianBackend?: { users: number; backend: Promise<Backend> } | undefined }

function shared(open: () => Promise<Backend>): Promise<Backend> {
  memory.sanlianBackend ??= { users: 0, backend: open() }
  memory.sanlianBackend.users += 1
  return memory.sanlianBackend.backend
}

async function letGo(): Promise<void> {
  const held = memory.sanlianBackend
  if (!held) return
  held.users -= 1
  if (held.users > 0) return
  memory.sanlianBackend = undefined
  await (await held.backend).close()
}
