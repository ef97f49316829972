import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { membershipOf, openSite, signIn, type Site, stored } from './journey'

// 积分超市 at 390×844: a volunteer orders and shows the code, the clerk types its digits and hands over; a merchant's
// clerk sees the own counter only; the secretary sees the catalogue.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

test('a volunteer orders, the clerk hands over against the digits, and the rows say so', async () => {
  const volunteer = await signIn(browser, site, 'volunteer')
  const clerk = await signIn(browser, site, 'clerk')
  const { person_id: person } = await membershipOf(site, 'volunteer')

  await volunteer.page.goto(`${site.url}/rewards`)
  await volunteer.page.getByRole('button', { name: /抽纸/ }).click()
  await volunteer.page.getByRole('button', { name: '用 60 分兑换' }).click()
  await volunteer.page.getByText(/换好了/).waitFor()

  const rows = () =>
    stored<{ id: string; status: string; points: number; item_id: string }>(
      site,
      'volunteer',
      `reward_orders?person_id=eq.${person}&select=id,status,points,item_id&order=placed_at.desc&limit=1`,
    )
  expect(await rows()).toMatchObject([{ status: 'placed', points: 60 }])

  await volunteer.page.goto(`${site.url}/rewards/orders`)
  const card = volunteer.page.getByRole('listitem').filter({ hasText: '抽纸' }).first()
  await card.getByRole('button', { name: '出示领取码' }).click()
  const digits = (await volunteer.page.getByTestId('pickup-code').innerText()).replace(/\D/g, '')
  expect(digits).toMatch(/^\d{8}$/)

  await clerk.page.goto(`${site.url}/counter`)
  await clerk.page.getByLabel('或输入 8 位领取码').fill(digits)
  await clerk.page.getByRole('button', { name: '查一下' }).click()
  await clerk.page.getByText('抽纸 × 1').waitFor()
  await clerk.page.getByRole('button', { name: '确认发放' }).click()
  await clerk.page.getByText(/已发放「抽纸」/).waitFor()

  expect(await rows()).toMatchObject([{ status: 'picked_up', points: 60 }])
  // The phone beside the counter says so by itself.
  await volunteer.page.getByText('已领取，谢谢您！').waitFor()
})

test('the clerk of a merchant sees the orders of that counter only', async () => {
  const merchant = await signIn(browser, site, 'partner')
  await merchant.page.goto(`${site.url}/counter?tab=waiting`)
  await merchant.page.getByText(/理发 × 1/).waitFor()
  expect(await merchant.page.getByText(/毛巾|抽纸|保温杯/).count()).toBe(0)
})

test('the secretary finds catalogue, merchants and statement', async () => {
  const secretary = await signIn(browser, site, 'secretary', 'desktop')
  await secretary.page.goto(`${site.url}/office/rewards`)
  await secretary.page.getByRole('button', { name: '食用油5L' }).waitFor()
  await secretary.page.getByRole('tab', { name: /商家/ }).click()
  await secretary.page.getByText('同心理发店').first().waitFor()
})
