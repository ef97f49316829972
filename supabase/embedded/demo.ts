import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { seedDemo } from '../seed/index.ts'
import { messageOf, placeOf } from './place.ts'
import { ensureBaseline } from './baseline.ts'
import { migrate, readMigrations } from './migrations.ts'
import { openPostgresClient } from './postgres-client.ts'
import { StartError } from './start-error.ts'

// `npm run demo` fills the Postgres of DATABASE_URL with the demo community, `npm run demo:full` with its full figures.

const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, accounts: { type: 'string' } } })
const startedAt = performance.now()
const log = (step: string) =>
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}`)

try {
  const url = process.env['DATABASE_URL']
  if (!url) {
    throw new StartError(
      'The demo data go into a real Postgres: name it, e.g. DATABASE_URL=postgres://user:password@localhost:5432/sanlian npm run demo:full (npm start fills its own PGlite with a small set by itself).',
    )
  }
  const { client, end } = await openPostgresClient(url)
  try {
    log(`database: Postgres at ${placeOf(url)}`)
    await ensureBaseline(client)
    const applied = await migrate(client, await readMigrations())
    log(`migrations: ${applied.length} applied`)
    const size = values.full ? 'full' : 'default'
    const { accounts } = await seedDemo(client, { size, log })
    log('demo data: made')
    for (const { email, password, label } of accounts) console.log(`  ${email}  ${password}  ${label}`)
    if (values.accounts) await writeFile(values.accounts, JSON.stringify(accounts, null, 2), { mode: 0o600 })
  } finally {
    await end()
  }
} catch (error) {
  console.error(error instanceof StartError ? `\n${error.message}` : `\n${messageOf(error)}`)
  process.exitCode = 1
}
