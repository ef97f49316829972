import type { Browser, BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'
import { EMBEDDED_PUBLISHABLE_KEY } from '../../supabase/embedded/embedded-key'
import type { DemoAccount } from '../../supabase/embedded/secrets'
import { type RunningApp, startApp } from '../support/app'
import { desktop, phone } from '../support/browser'

// What every journey needs: an app with the demo community of its own, signed-in pages, and the stored rows.

export interface Site {
  url: string
  accounts: DemoAccount[]
  publishableKey: string
  stop(): Promise<unknown>
}

/** The demo community for one file; with E2E_BASE_URL the one that is running there (accounts from E2E_ACCOUNTS, JSON). */
export async function openSite(): Promise<Site> {
  const url = process.env['E2E_BASE_URL']
  if (url) {
    return {
      url,
      accounts: JSON.parse(process.env['E2E_ACCOUNTS'] ?? '[]') as DemoAccount[],
      publishableKey: process.env['VITE_SUPABASE_PUBLISHABLE_KEY'] ?? EMBEDDED_PUBLISHABLE_KEY,
      stop: async () => {},
    }
  }
  const app: RunningApp = await startApp({ copyOf: inject('seededDataDir') })
  return app
}

export type Device = 'phone' | 'desktop'

export interface Visit {
  context: BrowserContext
  page: Page
  /** Errors the page threw or logged; a journey ends by expecting none. */
  errors: string[]
}

/** A fresh browser profile on the site; `path` is opened. */
export async function visit(browser: Browser, site: Site, device: Device = 'phone', path = '/'): Promise<Visit> {
  const context = device === 'phone' ? await phone(browser) : await desktop(browser)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      errors.push(message.text())
  })
  await page.goto(site.url + path)
  return { context, page, errors }
}

export function accountOf(site: Site, name: string): DemoAccount {
  const account = site.accounts.find(({ email }) => email.startsWith(`${name}@`))
  if (!account) throw new Error(`There is no demo account ${name}.`)
  return account
}

/** Signs a demo account in through the sign-in screen, as a person would. */
export async function signIn(browser: Browser, site: Site, name: string, device: Device = 'phone'): Promise<Visit> {
  const visited = await visit(browser, site, device, '/sign-in')
  const { email, password } = accountOf(site, name)
  await visited.page.getByLabel('邮箱').fill(email)
  await visited.page.getByLabel(/^密码/).fill(password)
  await visited.page.getByRole('button', { name: '登录', exact: true }).click()
  await visited.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return visited
}

/** Reads stored rows with the rights of a demo account, past the app: `/rest/v1/<query>`. */
export async function stored<Row = Record<string, unknown>>(site: Site, name: string, query: string): Promise<Row[]> {
  const token = await tokenOf(site, name)
  const answer = await fetch(`${site.url}/rest/v1/${query}`, {
    headers: { apikey: site.publishableKey, authorization: `Bearer ${token}` },
  })
  if (!answer.ok) throw new Error(`${query}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Row[]
}

/** Calls a command or a read function with the rights of a demo account. */
export async function call<Answer = Record<string, unknown>>(
  site: Site,
  name: string,
  command: string,
  args: Record<string, unknown>,
): Promise<Answer> {
  const token = await tokenOf(site, name)
  const answer = await fetch(`${site.url}/rest/v1/rpc/${command}`, {
    method: 'POST',
    headers: { apikey: site.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  if (!answer.ok) throw new Error(`${command}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

const tokens = new Map<string, string>()

async function tokenOf(site: Site, name: string): Promise<string> {
  const key = `${site.url} ${name}`
  const known = tokens.get(key)
  if (known) return known
  const { email, password } = accountOf(site, name)
  const answer = await fetch(`${site.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: site.publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Error(`${name} could not sign in: ${answer.status}`)
  tokens.set(key, token)
  return token
}

export interface Membership {
  community_id: string
  person_id: string
}

export async function membershipOf(site: Site, name: string): Promise<Membership> {
  const session = await call<{ memberships: Membership[] }>(site, name, 'my_session', {})
  const first = session.memberships[0]
  if (!first) throw new Error(`${name} belongs to no community.`)
  return first
}
