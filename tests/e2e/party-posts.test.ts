import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

test('a branch secretary hands a post over on the map, and the history has no gap', async () => {
  const desk = await signIn(browser, site, 'branch', 'desktop')
  const { page } = desk
  await page.goto(`${site.url}/office/posts`)
  await page
    .getByRole('button', { name: /^第一片区/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog').first()
  await sheet.getByRole('button', { name: '交接' }).first().click()
  const form = page.getByRole('dialog').last()
  await form.getByLabel(/由谁担任/).selectOption({ index: 1 })
  await form.getByLabel(/从哪天起/).fill('2026-12-01')
  await form.getByRole('button', { name: '交接' }).click()
  await page.getByText('交接好了，两位都会收到消息').waitFor()
  await sheet.getByText(/2026-12-01 上岗/).waitFor()

  const terms = await stored<{ id: string; post: string; valid_from: string; follows_id: string | null }>(
    site,
    'branch',
    'party_posts?follows_id=not.is.null&select=id,post,valid_from,follows_id',
  )
  expect(terms).toMatchObject([{ valid_from: '2026-12-01' }])
  const [former] = await stored<{ valid_to: string }>(
    site,
    'branch',
    `party_posts?id=eq.${terms[0]!.follows_id}&select=valid_to`,
  )
  expect(former).toEqual({ valid_to: '2026-11-30' })
  expect(desk.errors).toEqual([])
  await desk.context.close()
}, 90_000)

test('a member in service reports in and pledges; the community confirms and settles', async () => {
  const { person_id: person } = await membershipOf(site, 'inservice')
  const mine = await signIn(browser, site, 'inservice')
  await mine.page.evaluate(() => (document.documentElement.dataset['mode'] = 'elder'))
  await mine.page.goto(`${site.url}/party/report-in`)
  await mine.page.getByLabel(/^工作单位/).fill('示例区第一中学')
  await mine.page.getByLabel(/单位电话/).fill('990-1001-620')
  await mine.page.getByLabel(/我能帮上的/).fill('会修电脑')
  const consent = mine.page.getByLabel(/同意社区登记我的党员身份/)
  if (await consent.isVisible()) await consent.check()
  await mine.page.getByRole('button', { name: '报到', exact: true }).click()
  await mine.page.getByText('等社区确认', { exact: true }).first().waitFor()

  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/party/confirm`)
  const report = office.page.getByRole('article').filter({ hasText: '何思远' })
  await report.getByRole('button', { name: '确认报到' }).click()
  await office.page.getByText('何思远 报到好了').waitFor()

  await mine.page.goto(`${site.url}/party/posts`)
  await mine.page.getByText('已报到').first().waitFor()
  await mine.page.getByRole('button', { name: '许一个承诺' }).click()
  const sheet = mine.page.getByRole('dialog')
  await sheet.getByLabel(/我承诺/).fill('每月帮老人修一次手机')
  await sheet.getByLabel(/哪天之前/).fill('2026-12-31')
  await sheet.getByRole('button', { name: '许一个承诺' }).click()
  await sheet.waitFor({ state: 'detached' })
  await mine.page.getByRole('button', { name: '记一笔进展' }).click()
  await mine.page.getByLabel(/记一笔进展/).fill('修好了三部')
  await mine.page.getByLabel(/已经做到了/).check()
  await mine.page.getByRole('button', { name: '记下' }).click()
  await mine.page.getByText('等支部确认').waitFor()

  await office.page.goto(`${site.url}/party/confirm`)
  const pledge = office.page.getByRole('article').filter({ hasText: '每月帮老人修一次手机' })
  await pledge.getByRole('button', { name: '兑现了' }).click()
  await office.page.getByText('已告诉 何思远').waitFor()
  expect(await stored(site, 'inservice', `pledges?person_id=eq.${person}&select=text,status`)).toEqual([
    { text: '每月帮老人修一次手机', status: 'kept' },
  ])
  expect(await stored(site, 'inservice', `community_checkins?person_id=eq.${person}&select=status`)).toEqual([
    { status: 'confirmed' },
  ])
  expect([...mine.errors, ...office.errors]).toEqual([])
  await mine.context.close()
  await office.context.close()
}, 120_000)

test('the page of an identity card is gone the moment the consent is', async () => {
  const { community_id: community } = await membershipOf(site, 'party')
  const mine = () =>
    call<{ posts: { id: string; to: string | null; card: { token: string } | null }[] }>(site, 'party', 'my_party', {
      p_community_id: community,
    })
  await call(site, 'party', 'issue_identity_card', {
    p_community_id: community,
    p_id: crypto.randomUUID(),
    p_post_id: (await mine()).posts.find((post) => post.to === null)!.id,
    p_promise: '政策不清楚就问我',
  })
  const path = `/card/${community}/${(await mine()).posts.find((post) => post.card)!.card!.token}`
  const passer = await visit(browser, site, 'phone', path)
  await passer.page.getByRole('heading', { name: '赵国梁' }).waitFor()
  expect(await passer.page.locator('body').innerText()).not.toMatch(/144\d{8}/)
  await call(site, 'party', 'withdraw_consent', {
    p_community_id: community,
    p_id: crypto.randomUUID(),
    p_purpose: 'publish_name',
  })
  await passer.page.reload()
  await passer.page.getByText('这张卡已经失效').waitFor()
  await passer.context.close()
}, 60_000)
