import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { residentFile, residentXlsx } from '../factories/roster'
import { type RunningApp, startApp } from '../support/app'
import { desktop, launchBrowser, phone } from '../support/browser'

// `npm run screenshots`: takes the pictures of the README from the running app, on a fresh demo community.

const OUT = fileURLToPath(new URL('../../docs/screenshots', import.meta.url))
/** All pictures together: they are cloned with the code. */
const LIMIT = 1_200_000
const RUNNING_SHIFT = /旧物回收日/

interface Shot {
  file: string
  /** A demo account; without one the visitor who is not signed in. */
  as?: string
  device?: 'desktop'
  look?: { theme?: 'light' | 'dark'; elder?: boolean }
  path: string
  /** What to do before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

const SHOTS: Shot[] = [
  { file: 'home', path: '/' },
  { file: 'shifts', as: 'volunteer', path: '/shifts' },
  { file: 'shift', as: 'volunteer', path: '/shifts', act: openShift },
  { file: 'code', as: 'volunteer', path: '/code', act: (page) => page.getByRole('img', { name: /会员码/ }).waitFor() },
  { file: 'service', as: 'volunteer', path: '/me/service' },
  { file: 'points', as: 'volunteer', path: '/me/service', act: openRecord },
  { file: 'grid', as: 'volunteer', path: '/grid' },
  { file: 'roster', as: 'leader', path: '/lead', act: openRoster },
  { file: 'shifts-dark', as: 'volunteer', look: { theme: 'dark' }, path: '/shifts' },
  { file: 'home-elder', look: { elder: true }, path: '/' },
  { file: 'office', as: 'secretary', device: 'desktop', path: '/office' },
  { file: 'office-import', as: 'secretary', device: 'desktop', path: '/office/import', act: chooseRoster },
  { file: 'office-people', as: 'secretary', device: 'desktop', path: '/office/people' },
]

const dataDir = await mkdtemp(join(tmpdir(), 'sanlian-screenshots-'))
const app = await startApp({ dataDir, env: { SANLIAN_BUILD: process.env['SANLIAN_BUILD'] ?? '' } })
const browser = await launchBrowser()
try {
  await mkdir(OUT, { recursive: true })
  let total = 0
  for (const shot of SHOTS) {
    const size = await take(browser, app, shot)
    total += size
    console.log(`${String(Math.round(size / 1000)).padStart(4)} kB  docs/screenshots/${shot.file}.jpg`)
  }
  console.log(`${String(Math.round(total / 1000)).padStart(4)} kB  together`)
  if (total > LIMIT) throw new Error(`The pictures weigh ${total} bytes, more than ${LIMIT}.`)
} finally {
  await browser.close()
  await app.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function take(on: Browser, from: RunningApp, { file, as, device, look = {}, path, act }: Shot): Promise<number> {
  // Whoever looks for the first time is not asked to install or to update anything.
  const options: BrowserContextOptions = { deviceScaleFactor: 1, serviceWorkers: 'block' }
  const context = await (device ? desktop(on, options) : phone(on, options))
  try {
    await context.addInitScript(
      (display) => localStorage.setItem('sanlian.display', display),
      JSON.stringify({ theme: 'light', ...look }),
    )
    const page = await context.newPage()
    if (as) await signIn(page, from, as)
    await page.goto(from.url + path)
    await settled(page)
    await act?.(page)
    await settled(page)
    const target = join(OUT, `${file}.jpg`)
    await page.screenshot({ path: target, type: 'jpeg', quality: 80, animations: 'disabled', caret: 'hide' })
    return (await stat(target)).size
  } finally {
    await context.close()
  }
}

async function signIn(page: Page, from: RunningApp, name: string) {
  const account = from.accounts.find(({ email }) => email.startsWith(`${name}@`))
  if (!account) throw new Error(`There is no demo account ${name}.`)
  await page.goto(`${from.url}/sign-in`)
  await page.getByLabel('邮箱').fill(account.email)
  await page.getByLabel(/^密码/).fill(account.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await settled(page)
}

async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[aria-busy="true"]')].every((busy) => !busy.checkVisibility()),
  )
  // Images, fonts and the short motion of a sheet.
  await page.waitForTimeout(400)
}

async function openShift(page: Page) {
  await page
    .getByRole('link', { name: RUNNING_SHIFT })
    .or(page.getByRole('button', { name: RUNNING_SHIFT }))
    .first()
    .click()
  await page.getByRole('button', { name: '报名', exact: true }).last().waitFor()
}

async function openRecord(page: Page) {
  const records = page.getByRole('list', { name: '服务记录' })
  await records.getByRole('button').or(records.getByRole('link')).first().click()
  await page.getByText('为什么是这些分').waitFor()
}

async function openRoster(page: Page) {
  await page.getByRole('link', { name: RUNNING_SHIFT }).first().click()
  await page.getByRole('button', { name: '扫码签到' }).waitFor()
}

async function chooseRoster(page: Page) {
  const buffer = await residentXlsx(residentFile({ rows: 240 }))
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  await page.locator('input[type=file]').setInputFiles({ name: '居民名册.xlsx', mimeType, buffer })
  await page.getByRole('button', { name: /开始导入/ }).waitFor()
}
