import { App, ConsoleEmailDriver } from '@supabase/lite'
import { createPgliteConnection } from '@supabase/lite/pglite'
import { createPostgresConnection } from '@supabase/lite/postgres'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rebaseDemoClock, seedDemo } from '../seed/index.ts'
import { limitAuth } from './auth-limit.ts'
import { ensureBaseline } from './baseline.ts'
import { EMBEDDED_PUBLISHABLE_KEY } from './embedded-key.ts'
import { lockDataDir } from './lock.ts'
import { migrate, MIGRATIONS_DIR, readMigrations } from './migrations.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { messageOf, placeOf } from './place.ts'
import { type DemoAccount, loadSecrets, saveSecrets } from './secrets.ts'
import { pgliteClient, postgresClient, type SqlClient } from './sql-client.ts'
import { StartError } from './start-error.ts'

export interface BackendOptions {
  dataDir: string
  /** A real Postgres instead of PGlite in the data directory. */
  databaseUrl?: string | undefined
  /** Where people open the app; links in mails point there. */
  siteUrl: string
  otherUrls?: string[]
  migrationsDir?: string | undefined
  seed?: boolean
  /** The data directory is ours: what may run beside the database can begin. */
  onLocked?: () => void
  log?: (step: string) => void
}

export interface Backend {
  kind: SqlClient['kind']
  client: SqlClient
  accounts: DemoAccount[]
  invite: string | undefined
  /** Answers /auth/v1 and /rest/v1. */
  app: Pick<App, 'fetch'>
  close(): Promise<void>
}

/** Access tokens outlive a sign-out until they expire, so they are short; the client renews them by itself. */
const ACCESS_TOKEN_SECONDS = 15 * 60

/**
 * The embedded Supabase: locks the data directory, opens the database, brings it up to date, fills an empty one with
 * the demo community, and answers the API. Throws a StartError, with nothing changed, when it cannot.
 */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  process.env['LITE_TELEMETRY'] = '0'
  const {
    dataDir,
    databaseUrl,
    siteUrl,
    otherUrls = [],
    seed = process.env['SANLIAN_DEMO'] !== 'no',
    log = () => {},
  } = options
  const lock = await lockDataDir(dataDir, siteUrl)
  options.onLocked?.()
  let database: Database | undefined
  try {
    const secrets = await loadSecrets(dataDir)
    database = databaseUrl ? await openPostgres(databaseUrl) : await openPglite(dataDir)
    log(databaseUrl ? `database: Postgres at ${placeOf(databaseUrl)}` : `database: PGlite in ${dataDir}`)

    const { client, connection } = database
    await ensureBaseline(client)
    const applied = await migrate(client, await readMigrations(options.migrationsDir ?? MIGRATIONS_DIR))
    log(applied.length > 0 ? `migrations: ${applied.length} applied` : 'migrations: up to date')

    if (seed && (await wantsDemoData(client))) {
      const { accounts, invite } = await seedDemo(client, { size: 'default', password: secrets.demo_password, log })
      secrets.accounts = accounts
      secrets.invite = invite
      await saveSecrets(dataDir, secrets)
      log('demo data: made')
    }
    // Demo time pauses while the installation is switched off.
    await rebaseDemoClock(client)

    const app = new App({
      connection,
      auth: {
        enabled: true,
        jwt_secret: secrets.jwt_secret,
        publishable_key: EMBEDDED_PUBLISHABLE_KEY,
        site_url: siteUrl,
        additional_redirect_urls: [siteUrl, ...otherUrls].flatMap((url) => [url, `${url}/**`]),
        jwt_expiry: ACCESS_TOKEN_SECONDS,
        minimum_password_length: 8,
      },
      options: { server: { admin: false }, drivers: { email: new ConsoleEmailDriver() } },
    })
    await app.init()
    const fetch = client.kind === 'pglite' ? oneAtATime(app.fetch) : app.fetch
    return {
      kind: client.kind,
      client,
      accounts: secrets.accounts ?? [],
      invite: secrets.invite,
      app: { fetch: limitAuth(fetch) },
      close: once(async () => {
        await connection.close()
        await lock.release()
      }),
    }
  } catch (error) {
    await database?.connection.close().catch(() => {})
    await lock.release()
    throw error
  }
}

interface Database {
  client: SqlClient
  connection: Awaited<ReturnType<typeof createPgliteConnection>> | ReturnType<typeof createPostgresConnection>
}

async function openPglite(dataDir: string): Promise<Database> {
  const dir = join(dataDir, 'pglite')
  const isNew = !existsSync(dir)
  try {
    await mkdir(dir, { recursive: true })
    const connection = await createPgliteConnection({ url: dir })
    await connection.driver.waitReady
    keepGrants(connection)
    return { client: pgliteClient(connection.driver), connection }
  } catch (error) {
    throw new StartError(
      isNew
        ? `The database in ${dir} could not be made: ${messageOf(error)}.`
        : `The database in ${dir} could not be opened (${messageOf(error)}): it is kept as it is; restore a copy, or start with another SANLIAN_DATA_DIR.`,
      { cause: error },
    )
  }
}

async function openPostgres(databaseUrl: string): Promise<Database> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new StartError(
      'DATABASE_URL does not read postgres://user:password@host:port/database; correct it or unset it.',
    )
  }
  const connection = createPostgresConnection({
    url: databaseUrl,
    postgresOptions: { connect_timeout: 10, onnotice: () => {} },
  })
  try {
    const version = await connection.driver.unsafe('show server_version_num')
    if (Number(version[0]?.['server_version_num']) < 150000) {
      throw new Error('Postgres 15 or newer is needed')
    }
  } catch (error) {
    await connection.close().catch(() => {})
    throw new StartError(
      `The Postgres at ${placeOf(databaseUrl)} cannot be used (${messageOf(error)}): see that it runs and that DATABASE_URL names it rightly.`,
      { cause: error },
    )
  }
  keepGrants(connection)
  return { client: postgresClient(connection.driver), connection }
}

/**
 * lite 0.10 gives `anon` and `authenticated` ALL on every table of a schema with row-level security, once, at its first
 * request, unless it believes to have done so. The migrations write every grant themselves, so it is told that it has.
 */
function keepGrants(connection: object): void {
  Object.assign(connection, { rlsState: 'active' })
}

/** A database without a community, or one whose demo data were cut off in the making. */
async function wantsDemoData(client: SqlClient): Promise<boolean> {
  const [row] = await client.query<{ wanted: boolean }>(
    "select not exists (select from public.communities) or to_regnamespace('sanlian_seed') is not null as wanted",
  )
  return row?.wanted === true
}

function once<T>(run: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => (result ??= run())
}
