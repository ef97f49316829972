import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchBrowser, qrCamera } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

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

test('a double tap orders once, without network it says so, and the clerk scans the code', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'leader')
  const act = <Answer = { adjustment_id: string }>(who: string, command: string, args: Record<string, unknown>) =>
    call<Answer>(site, who, command, { p_community_id: community, p_id: crypto.randomUUID(), ...args })
  const { adjustment_id: adjustment } = await act('secretary', 'propose_manual_adjustment', {
    p_person_id: person,
    p_points: 200,
    p_reason: '补记',
  })
  await act('street', 'post_manual_adjustment', { p_adjustment_id: adjustment })
  const rows = () =>
    stored<{ id: string; status: string }>(
      site,
      'leader',
      `reward_orders?person_id=eq.${person}&select=id,status&order=placed_at.desc`,
    )
  const before = (await rows()).length

  const leader = await signIn(browser, site, 'leader')
  await leader.page.goto(`${site.url}/rewards`)
  await leader.page.getByRole('button', { name: /洗洁精/ }).click()
  const order = leader.page.getByRole('button', { name: '用 80 分兑换' })
  await order.waitFor()
  await leader.context.setOffline(true)
  await order.click()
  await leader.page.getByText('没有网络。连上网后再试。').first().waitFor()
  expect((await rows()).length).toBe(before)
  await leader.context.setOffline(false)
  await order.dblclick()
  await leader.page.getByText(/换好了/).waitFor()
  expect((await rows()).length).toBe(before + 1)

  // The clerk's camera sees the code of the phone.
  const [placed] = await rows()
  const { qr } = await call<{ qr: string }>(site, 'leader', 'my_pickup_code', {
    p_community_id: community,
    p_order_id: placed!.id,
  })
  const dir = await mkdtemp(join(tmpdir(), 'sanlian-camera-'))
  const counter = await launchBrowser({ camera: await qrCamera(join(dir, 'code.y4m'), qr) })
  try {
    const clerk = await signIn(counter, site, 'clerk')
    await clerk.page.goto(`${site.url}/counter`)
    await clerk.page.getByRole('button', { name: '扫领取码' }).click()
    await clerk.page.getByText('洗洁精 × 1').waitFor()
    const confirm = clerk.page.getByRole('button', { name: '确认发放' })
    await clerk.context.setOffline(true)
    await confirm.click()
    await clerk.page.getByText('没有网络。连上网后再试。').first().waitFor()
    await clerk.context.setOffline(false)
    await confirm.dblclick()
    await clerk.page.getByText(/已发放「洗洁精」/).waitFor()
    expect((await rows())[0]).toMatchObject({ id: placed!.id, status: 'picked_up' })
    expect(await stored(site, 'secretary', `stock_moves?order_id=eq.${placed!.id}&select=quantity`)).toEqual([
      { quantity: -1 },
    ])
  } finally {
    await counter.close()
    await rm(dir, { recursive: true, force: true })
  }
})
