import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// Points: a volunteer reads the statement, sees why, follows an entry to its shift and objects; the office answers and
// adjusts by two people; the secretary writes a version, tries it out, and a second person publishes it.

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** Pictures of the walk, where somebody wants to look at them. */
const SHOTS = process.env['POINTS_SHOTS']
async function shot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return
  await mkdir(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('a volunteer reads the statement, sees why, and objects; the office answers', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const { page, errors, context } = await signIn(browser, site, 'volunteer')
  await page.goto(`${site.url}/me/points`)
  await page.getByRole('heading', { name: '积分明细' }).waitFor()
  const list = page.getByRole('list', { name: '积分明细' })
  await list.getByRole('button').first().waitFor()
  await shot(page, 'phone-statement')
  await page.getByRole('group', { name: '看哪些' }).or(page.getByLabel('看哪些')).first().getByText('得分').click()
  await list.getByText('志愿服务').first().click()

  const sheet = page.getByRole('dialog')
  await sheet.getByText('为什么是这些分').waitFor()
  await sheet
    .getByText(/个半小时/)
    .first()
    .waitFor()
  await shot(page, 'phone-entry')
  await sheet.getByRole('button', { name: '觉得不对？提出异议' }).click()
  await sheet.getByLabel('哪里不对？').fill('少记了半小时')
  await sheet.getByRole('button', { name: '提交异议' }).click()
  await sheet.getByText('您提出了异议，等待答复').waitFor()
  const [dispute] = await stored<{ id: string; status: string }>(
    site,
    'volunteer',
    `point_disputes?person_id=eq.${person}&select=id,status`,
  )
  expect(dispute).toMatchObject({ status: 'open' })
  await page.goto(`${site.url}/me/points`)
  await page.evaluate(() => document.documentElement.setAttribute('data-mode', 'elder'))
  await shot(page, 'phone-elder')
  expect(errors).toEqual([])
  await context.close()

  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/office/points?tab=waiting`)
  await office.page.getByText('少记了半小时', { exact: true }).click()
  await office.page.getByLabel('答复').fill('核对了签退时间，没有错。')
  await office.page.getByRole('button', { name: '维持原记录' }).click()
  // In the list and in the sheet that closes.
  await expect.poll(() => office.page.getByText('少记了半小时', { exact: true }).count(), { timeout: 10_000 }).toBe(0)
  await shot(office.page, 'desk-waiting')
  await office.page.goto(`${site.url}/office/points`)
  await office.page.getByRole('heading', { name: '每月发放、兑换、失效' }).waitFor()
  await office.page.locator('canvas').first().waitFor()
  await shot(office.page, 'desk-report')
  expect(office.errors).toEqual([])
  await office.context.close()
  const answered = await stored<{ status: string }>(
    site,
    'volunteer',
    `point_disputes?id=eq.${dispute!.id}&select=status`,
  )
  expect(answered).toEqual([{ status: 'declined' }])
  expect(community).toBeTruthy()
})

test('points by hand and a new version of the rules take two people', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const before = await call<{ available: number }>(site, 'volunteer', 'my_points', { p_community_id: community })
  await call(site, 'secretary', 'propose_manual_adjustment', {
    p_community_id: community,
    p_id: crypto.randomUUID(),
    p_person_id: person,
    p_points: 15,
    p_reason: '漏记的一次',
  })
  const secretary = await signIn(browser, site, 'secretary', 'desktop')
  await secretary.page.goto(`${site.url}/office/points?tab=waiting`)
  await secretary.page.getByText('等另一位工作人员').first().waitFor()
  await secretary.page.goto(`${site.url}/office/points?tab=rules`)
  const service = secretary.page.getByRole('group', { name: /志愿服务 V01/ })
  await service.getByLabel('每半小时积分').fill('6')
  await service.getByLabel('每半小时积分').blur()
  await secretary.page.getByRole('button', { name: '试算：会有什么变化' }).last().click()
  await secretary.page
    .getByText(/近一年的积分会从/)
    .first()
    .waitFor()
  await shot(secretary.page, 'desk-rules')
  await secretary.page.getByRole('button', { name: '提交审批' }).click()
  await secretary.page.getByText('等另一位工作人员').nth(1).waitFor()
  expect(secretary.errors).toEqual([])
  await secretary.context.close()

  const street = await signIn(browser, site, 'street', 'desktop')
  await street.page.goto(`${site.url}/office/points?tab=waiting`)
  await street.page.getByRole('button', { name: '复核入账' }).click()
  await street.page.getByText('漏记的一次').waitFor({ state: 'detached' })
  await street.page.goto(`${site.url}/office/points?tab=rules`)
  await street.page.getByRole('button', { name: '批准并公布' }).first().click()
  await street.page.getByText(/VOL-20\d\d\.\d 从/).waitFor()
  expect(street.errors).toEqual([])
  await street.context.close()

  const after = await call<{ available: number; next_ruleset: { code: string } | null }>(
    site,
    'volunteer',
    'my_points',
    { p_community_id: community },
  )
  expect(after.available).toBe(before.available + 15)
  expect(after.next_ruleset?.code).toMatch(/^VOL-/)
})

test('the office reads one account with a reason, takes an entry back, and the person sees both', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'leader')
  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/office/points?tab=person&person=${person}`)
  await office.page.getByLabel('查看原因').fill('本人来电核对')
  await office.page.getByRole('button', { name: '查看账目' }).click()
  const list = office.page.getByRole('list', { name: '账目明细' })
  await list.getByText('志愿服务').first().click()
  const sheet = office.page.getByRole('dialog')
  await sheet.getByText('为什么是这些分').waitFor()
  await shot(office.page, 'desk-ledger')
  await sheet.getByLabel('为什么冲正').fill('记到了别人名下')
  await sheet.getByRole('button', { name: '确认冲正' }).dblclick()
  await office.page.getByText('已冲正，本人会收到通知。').first().waitFor()
  await list.getByText('冲正', { exact: false }).first().waitFor()
  expect(office.errors).toEqual([])
  await office.context.close()

  const entries = await stored<{ amount: number; reverses_id: string | null }>(
    site,
    'leader',
    `point_entries?person_id=eq.${person}&source_kind=eq.correction&select=amount,reverses_id`,
  )
  expect(entries).toEqual([{ amount: expect.any(Number), reverses_id: expect.any(String) }])
  const privacy = await call<{ looks: { what: string; reason: string }[] }>(site, 'leader', 'my_privacy', {
    p_community_id: community,
  })
  expect(privacy.looks).toContainEqual(expect.objectContaining({ what: 'points', reason: '本人来电核对' }))
})
