import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// Waiting ends in an offer that is accepted; a place passes from one phone to another; a leader takes places back.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Mine {
  signup_id: string
  shift_id: string
  status: string
  starts_at: string
}
const signupsOf = async (name: string, community: string) =>
  (await call<{ signups: Mine[] }>(site, name, 'my_shifts', { p_community_id: community })).signups
const statusOf = async (name: string, id: string) =>
  (await stored<{ status: string }>(site, name, `signups?id=eq.${id}&select=status`))[0]?.status

test('an offer is accepted, and a place is handed to a colleague, in 长辈版', async () => {
  const { community_id: community } = await membershipOf(site, 'volunteer')
  const offer = (await signupsOf('volunteer', community)).find(({ status }) => status === 'offered')!
  const volunteer = await signIn(browser, site, 'volunteer')
  await volunteer.page.evaluate(() =>
    localStorage.setItem('sanlian.display', JSON.stringify({ theme: 'auto', elder: true, fontStep: 0 })),
  )
  await volunteer.page.goto(`${site.url}/shifts/mine`)
  await volunteer.page.getByRole('button', { name: '我参加' }).click()
  await expect.poll(() => statusOf('volunteer', offer.signup_id), { timeout: 15_000 }).toBe('confirmed')

  const now = new Date(
    (await call<{ server_time: string }>(site, 'volunteer', 'my_shifts', { p_community_id: community })).server_time,
  )
  const given = (await signupsOf('volunteer', community)).find(
    ({ status, starts_at, signup_id }) =>
      status === 'confirmed' && signup_id !== offer.signup_id && new Date(starts_at) > now,
  )!
  const { volunteer_no: number } = await call<{ volunteer_no: string }>(site, 'leader', 'my_service', {
    p_community_id: community,
  })
  const { memberships } = await call<{ memberships: { real_name: string }[] }>(site, 'leader', 'my_session', {})
  await volunteer.page.goto(`${site.url}/shifts/${given.shift_id}`)
  await volunteer.page.getByRole('button', { name: '来不了？找人替班' }).click()
  await volunteer.page.getByLabel(/对方的志愿者编号/).fill(number)
  await volunteer.page.getByLabel(/对方的姓名/).fill(memberships[0]!.real_name)
  await volunteer.page.getByRole('button', { name: '请这位替班' }).click()
  await volunteer.page.getByText(/替班，等对方答复/).waitFor()

  const colleague = await signIn(browser, site, 'leader')
  await colleague.page.goto(`${site.url}/shifts/mine`)
  await colleague.page.getByRole('button', { name: '我来替' }).click()
  await expect.poll(() => statusOf('volunteer', given.signup_id), { timeout: 15_000 }).toBe('cancelled')
  expect((await signupsOf('leader', community)).find(({ shift_id }) => shift_id === given.shift_id)?.status).toBe(
    'confirmed',
  )
  expect([...volunteer.errors, ...colleague.errors]).toEqual([])
  await volunteer.context.close()
  await colleague.context.close()
})

test('a leader lowers the places, and who came last is first in the queue', async () => {
  const { community_id: community } = await membershipOf(site, 'leader')
  const { shifts, server_time: now } = await call<{
    server_time: string
    shifts: {
      id: string
      starts_at: string
      status: string
      activity_status: string
      places: { taken: number; roles: unknown[] }
    }[]
  }>(site, 'leader', 'leader_shifts', { p_community_id: community })
  const shift = shifts.find(
    (s) =>
      new Date(s.starts_at).getTime() > new Date(now).getTime() + 2 * 3_600_000 &&
      s.status === 'open' &&
      s.activity_status === 'published' &&
      s.places.taken >= 2 &&
      s.places.roles.length === 1,
  )!
  const leader = await signIn(browser, site, 'leader')
  const { page } = leader
  await page.goto(`${site.url}/lead/places/${shift.id}`)
  await page.getByRole('button', { name: '调整' }).click()
  await page.getByLabel(/^名额/).fill(String(shift.places.taken - 1))
  await page.getByLabel(/^名额/).blur()
  await page.getByLabel(/^原因/).fill('场地变小了')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('名额已调整').first().waitFor()
  const rows = await stored<{ status: string; queue_no: number }>(
    site,
    'leader',
    `signups?shift_id=eq.${shift.id}&status=in.(confirmed,waitlisted)&select=status,queue_no&order=queue_no`,
  )
  expect(rows.map(({ status }) => status)).toEqual([
    ...Array.from({ length: shift.places.taken - 1 }, () => 'confirmed'),
    ...Array.from({ length: rows.length - shift.places.taken + 1 }, () => 'waitlisted'),
  ])
  expect(leader.errors).toEqual([])
  await leader.context.close()
})
