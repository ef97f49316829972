import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// A wish from first word to thanks: taken down on a visit, reviewed, seen by everybody masked, taken, brought, confirmed by
// whoever is there with the receiver's code.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const TITLE = '一条羊毛围巾'

test('a wish goes from the collector to the reviewer, the donor and the one who is there', async () => {
  const { community_id: community } = await membershipOf(site, 'secretary')

  // The collector, on the phone, at the door.
  const collector = await signIn(browser, site, 'grid')
  await collector.page.goto(`${site.url}/wishes/new`)
  await collector.page.getByRole('radio', { name: /走访的居民/ }).check()
  await collector.page.getByLabel(/^姓名/).fill('贺玉兰')
  await collector.page.getByLabel(/^出生年份/).fill('1941')
  await collector.page.getByLabel(/^电话/).fill('14400008888')
  await collector.page.getByRole('radio', { name: '空巢老人' }).check()
  await collector.page.getByRole('textbox', { name: /^心愿/ }).fill(TITLE)
  await collector.page.getByLabel(/^说明/).fill('贺玉兰奶奶冬天出门怕冷')
  await collector.page.getByLabel(/^大概多少钱/).fill('60')
  await collector.page.getByLabel(/^住址/).fill('幸福里 3 号楼 201')
  await collector.page.getByLabel(/签字同意/).check()
  await collector.page.getByRole('button', { name: '提交', exact: true }).click()
  await collector.page.waitForURL(/\/wishes\/mine/)
  await collector.page.getByText(TITLE).first().waitFor()

  // The reviewer, at the desk: a name in the public words is refused, then they are written apart.
  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/office/wishes`)
  await office.page
    .getByRole('button', { name: new RegExp(TITLE) })
    .first()
    .click()
  const review = office.page.getByRole('dialog')
  await review.getByLabel(/查看原因/).fill('审核心愿')
  await review.getByRole('button', { name: '查看' }).click()
  await review.getByText('14400008888').waitFor()
  await review.getByRole('button', { name: '公开', exact: true }).click()
  await review.getByText(/公开的文字里有姓名/).waitFor()
  await review.getByLabel(/^说明/).fill('冬天出门怕冷，想要一条暖和的')
  await review.getByRole('button', { name: '公开', exact: true }).click()
  await office.page.getByText('已公开').first().waitFor()

  // Everybody sees it masked; whoever has no account is asked to sign in.
  const visitor = await visit(browser, site, 'phone', '/wishes')
  await visitor.page.getByRole('link', { name: TITLE }).click()
  await visitor.page.getByText(/贺\*兰/).waitFor()
  expect(await visitor.page.locator('body').innerText()).not.toMatch(/贺玉兰|1440000|幸福里/)
  await visitor.page.getByRole('link', { name: '登录后认领' }).waitFor()
  const wishId = visitor.page.url().split('/').at(-1)!
  await visitor.context.close()

  // The donor takes it.
  const donor = await signIn(browser, site, 'volunteer')
  await donor.page.goto(`${site.url}/wishes/${wishId}`)
  await donor.page.getByRole('button', { name: '我来实现' }).click()
  await donor.page.getByRole('button', { name: '确认认领' }).click()
  await donor.page.getByText('已认领，等社区答复').waitFor()

  await office.page.reload()
  await office.page
    .getByRole('region', { name: '认领等答复' })
    .or(office.page.getByRole('list', { name: '认领等答复' }))
    .getByRole('button', { name: new RegExp(TITLE) })
    .click()
  await office.page.getByLabel(/送到哪里/).fill('周六上午，社区大厅')
  await office.page.getByRole('button', { name: '同意', exact: true }).click()
  await office.page.getByText('已告诉认领人').first().waitFor()

  await donor.page.reload()
  await donor.page.getByText('周六上午，社区大厅').waitFor()
  await donor.page.getByRole('button', { name: '我送到了' }).click()
  await donor.page.getByRole('button', { name: '确认送到' }).click()
  await donor.page.getByText('已送到，等对方确认').waitFor()
  const [claim] = await stored<{ id: string; status: string }>(
    site,
    'volunteer',
    `wish_claims?wish_id=eq.${wishId}&select=id,status`,
  )
  expect(claim!.status).toBe('delivering')
  await donor.page.goto(`${site.url}/wishes/hand-over/${claim!.id}`)
  await donor.page.getByText('请在场的另一位来确认', { exact: false }).waitFor()

  // The receiver's helper at the door, with the six digits the receiver was told.
  const { codes } = await call<{ codes: { code: string }[] }>(site, 'secretary', 'reveal_wish', {
    p_community_id: community,
    p_id: crypto.randomUUID(),
    p_wish_id: wishId,
    p_reason: '告诉受助人确认码',
  })
  const helper = await signIn(browser, site, 'resident')
  await helper.page.goto(`${site.url}/wishes/hand-over/${claim!.id}`)
  await helper.page.getByLabel(/^确认码/).fill(codes[0]!.code === '111111' ? '222222' : '111111')
  await helper.page.getByRole('button', { name: '确认实现' }).click()
  await helper.page.getByText('还可以试 4 次', { exact: false }).waitFor()
  await helper.page.getByLabel(/^确认码/).fill(codes[0]!.code)
  await helper.page.getByRole('button', { name: '确认实现' }).click()
  await helper.page.getByText('心愿实现了！').first().waitFor()

  const [wish] = await stored<{ status: string; realized_at: string | null }>(
    site,
    'secretary',
    `wishes?id=eq.${wishId}&select=status,realized_at`,
  )
  expect(wish).toEqual({ status: 'realized', realized_at: expect.any(String) })
  const entries = await stored<{ amount: number }>(
    site,
    'volunteer',
    `point_entries?source_id=eq.${claim!.id}&select=amount`,
  )
  expect(entries).toEqual([{ amount: 10 }])
  expect([...collector.errors, ...office.errors, ...donor.errors, ...helper.errors]).toEqual([])
  for (const { context } of [collector, office, donor, helper]) await context.close()
})

test('the receiver thanks, the office passes it on, and withdrawing takes every word away', async () => {
  const { community_id: community } = await membershipOf(site, 'resident')
  const receiver = await signIn(browser, site, 'resident')
  await receiver.page.goto(`${site.url}/wishes/mine`)
  await receiver.page.getByRole('button', { name: '收到了' }).first().click()
  await receiver.page.getByRole('button', { name: '说声谢谢' }).first().click()
  await receiver.page.getByLabel(/写一句话/).fill('被子很暖和，谢谢您')
  await receiver.page.getByRole('button', { name: '送出' }).click()
  await receiver.page.getByText('感谢已送出', { exact: false }).first().waitFor()

  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/office/wishes`)
  await office.page.getByText('被子很暖和，谢谢您').waitFor()
  await office.page
    .getByRole('listitem')
    .filter({ hasText: '被子很暖和' })
    .getByRole('button', { name: '转给对方' })
    .click()
  await expect.poll(() => office.page.getByText('被子很暖和').count(), { timeout: 10_000 }).toBe(0)

  const mine = await call<{ wishes: { id: string; status: string; title: string }[] }>(site, 'resident', 'my_wishes', {
    p_community_id: community,
  })
  const wish = mine.wishes.find(({ status }) => status === 'thanked')!
  await receiver.page.reload()
  await receiver.page.getByRole('button', { name: '撤回', exact: true }).first().click()
  await receiver.page.getByRole('alertdialog').getByRole('button', { name: '撤回', exact: true }).click()
  await receiver.page.getByText('已撤回，信息已删除').first().waitFor()
  const [left] = await stored(site, 'secretary', `wishes?id=eq.${wish.id}&select=status,title,body,masked_name`)
  expect(left).toEqual({ status: 'withdrawn', title: '*', body: '', masked_name: null })
  const visitor = await visit(browser, site, 'phone', `/wishes/${wish.id}`)
  await visitor.page.getByText('没有找到这个心愿', { exact: false }).waitFor()
  expect([...receiver.errors, ...office.errors]).toEqual([])
  for (const { context } of [receiver, office, visitor]) await context.close()
})
