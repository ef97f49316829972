import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// A member takes an alias for the boards, sees the own place with its neighbours, takes the picture along and leaves;
// whoever has no account sees what was agreed to, and nothing any more at once.

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const ALIAS = '河畔一盏灯'

test('a member is on the boards by an alias, and leaves them at once', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const member = await signIn(browser, site, 'volunteer')
  await member.page.goto(`${site.url}/boards`)
  await member.page.getByRole('button', { name: '今年' }).click()
  await member.page.getByRole('tab', { name: '个人时长' }).click()
  const mine = member.page.getByRole('region', { name: '我的名次' })
  await mine.getByText(/^第 \d+ 名$/).waitFor()
  await mine.getByText('以「周*欣」公开').waitFor()
  await mine
    .getByText(/^(前|后)一位 /)
    .first()
    .waitFor()

  const download = member.page.waitForEvent('download')
  await mine.getByRole('button', { name: '分享我的名次' }).click()
  expect((await download).suggestedFilename()).toBe('我的名次-2026年.png')

  await mine.getByRole('button', { name: '我要不要上榜' }).click()
  const sheet = member.page.getByRole('dialog')
  await sheet.getByRole('radio', { name: /用别名/ }).check()
  await sheet.getByLabel(/^别名/).fill('灯')
  await sheet.getByRole('button', { name: '保存' }).click()
  await sheet.getByText('请写 2 到 12 个字').waitFor()
  await sheet.getByLabel(/^别名/).fill(ALIAS)
  await sheet.getByRole('button', { name: '保存' }).click()
  await mine.getByText(`以「${ALIAS}」公开`).waitFor()
  await member.page
    .getByRole('listitem')
    .filter({ hasText: `${ALIAS} （我）` })
    .waitFor()

  // Whoever has no account: teams first, then people as they agreed.
  const visitor = await visit(browser, site, 'phone', '/')
  await visitor.page.getByRole('link', { name: '榜单' }).click()
  await visitor.page.getByRole('tab', { name: '七彩队伍' }).waitFor()
  await visitor.page.getByRole('button', { name: '今年' }).click()
  await visitor.page.getByRole('tab', { name: '个人时长' }).click()
  await visitor.page.getByText(ALIAS).waitFor()
  const seen = await visitor.page.getByRole('tabpanel').innerText()
  expect(seen).not.toMatch(/周可欣|周\*欣|（我）|我的名次/)
  expect(seen).toMatch(/.\*/)

  // Leaving: gone for everybody with the next look, the own place stays one's own.
  await mine.getByRole('button', { name: '我要不要上榜' }).click()
  await member.page.getByRole('dialog').getByRole('radio', { name: '不上榜' }).check()
  await member.page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await mine.getByText('只有您自己看得到', { exact: false }).waitFor()
  await mine.getByText(/^第 \d+ 名$/).waitFor()
  await visitor.page.reload()
  await visitor.page.getByRole('button', { name: '今年' }).click()
  await visitor.page.getByRole('tab', { name: '个人时长' }).click()
  await visitor.page
    .getByRole('tabpanel')
    .getByText(/ 小时$/)
    .first()
    .waitFor()
  expect(await visitor.page.getByText(ALIAS).count()).toBe(0)

  const consents = await stored<{ withdrawn_at: string | null }>(
    site,
    'volunteer',
    `consents?person_id=eq.${person}&purpose=eq.boards&select=withdrawn_at`,
  )
  expect(consents.length).toBeGreaterThan(0)
  expect(consents.every(({ withdrawn_at: at }) => at !== null)).toBe(true)
  expect(await stored(site, 'volunteer', `board_displays?person_id=eq.${person}&select=alias`)).toEqual([])
  const totals = await stored<{ is_shown: boolean }>(
    site,
    'volunteer',
    `board_totals?community_id=eq.${community}&person_id=eq.${person}&period=eq.2026&measure=eq.minutes&select=is_shown`,
  )
  expect(totals.length).toBeGreaterThan(0)
  expect(totals.every(({ is_shown: isShown }) => !isShown)).toBe(true)
  expect([...member.errors, ...visitor.errors]).toEqual([])
  for (const { context } of [member, visitor]) await context.close()
})
