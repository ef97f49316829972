import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, type Visit } from './journey'

// The main job at 390×844: a volunteer claims a shift, is checked in and out by the corps leader, confirmed,
// and sees the hours, the points and why. A second walk cuts the network between claim and check-in.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const SHIFT = /旧物回收日/

interface Signup {
  id: string
  status: string
  person_id: string
}

test('a volunteer claims a shift, is scanned in and out, is confirmed and sees hours, points and the reason', async () => {
  const volunteer = await signIn(browser, site, 'volunteer')
  const leader = await signIn(browser, site, 'leader')
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const before = await call<{ balance: number; minutes_total: number }>(site, 'volunteer', 'my_service', {
    p_community_id: community,
  })

  await claim(volunteer)
  const shiftId = await openRosterAsLeader(leader)

  await enterDigits(leader, '扫码签到', await digitsOf(volunteer))
  await expect.poll(() => leader.page.getByText(/已签到 \d\d:\d\d/).count()).toBeGreaterThan(0)

  await fastForward(volunteer, '快进 2 小时')
  await leader.page.reload()
  await enterDigits(leader, '扫码签退', await digitsOf(volunteer), '签退')
  await expect.poll(() => leader.page.getByText(/已签退 \d\d:\d\d/).count()).toBeGreaterThan(0)

  await closeSheet(leader)
  await leader.page.getByRole('button', { name: /全部确认/ }).click()
  await leader.page.getByRole('button', { name: /^确认 \d+ 人/ }).click()
  await leader.page.getByText('已确认').first().waitFor()

  await volunteer.page.goto(`${site.url}/me/service`)
  await volunteer.page
    .getByRole('button', { name: SHIFT })
    .or(volunteer.page.getByRole('link', { name: SHIFT }))
    .first()
    .click()
  await volunteer.page.getByText('为什么是这些分').waitFor()
  await volunteer.page.getByText(/个半小时 × 每个 5 分/).waitFor()

  const signups = await stored<Signup>(site, 'volunteer', `signups?shift_id=eq.${shiftId}&select=id,status,person_id`)
  expect(signups).toEqual([{ id: expect.any(String), status: 'attended', person_id: person }])
  const records = await stored<{ id: string; minutes: number; provenance: string }>(
    site,
    'volunteer',
    `service_records?signup_id=eq.${signups[0]!.id}&select=id,minutes,provenance`,
  )
  expect(records).toHaveLength(1)
  expect(records[0]).toMatchObject({ provenance: 'scanned' })
  expect(records[0]!.minutes).toBeGreaterThanOrEqual(30)
  expect(records[0]!.minutes).toBeLessThanOrEqual(120)
  const entries = await stored<{ points: number; rule_code: string; ruleset_code: string }>(
    site,
    'volunteer',
    `point_entries?source_id=eq.${records[0]!.id}&select=points,rule_code,ruleset_code&order=rule_code`,
  )
  // The demo stands on a 28th, the service day that brings five points more.
  const credited = Math.floor(records[0]!.minutes / 30) * 5 + 5
  expect(entries).toEqual([
    { points: credited - 5, rule_code: 'V01', ruleset_code: 'VOL-2026.1' },
    { points: 5, rule_code: 'V04', ruleset_code: 'VOL-2026.1' },
  ])
  const after = await call<{ balance: number; minutes_total: number }>(site, 'volunteer', 'my_service', {
    p_community_id: community,
  })
  expect(after.balance).toBe(before.balance + credited)
  expect(after.minutes_total).toBe(before.minutes_total + records[0]!.minutes)
  expect([...volunteer.errors, ...leader.errors]).toEqual([])

  await volunteer.context.close()
  await leader.context.close()
})

test('claims and check-ins made without network wait, are replayed in order and count once', async () => {
  const volunteer = await signIn(browser, site, 'volunteer')
  const leader = await signIn(browser, site, 'leader')
  const shift = await nextShiftLed(site)
  const { person_id: person } = await membershipOf(site, 'volunteer')

  // The code's seed is fetched once with network; the shift's page is open when the network goes.
  await volunteer.page.goto(`${site.url}/code`)
  await volunteer.page.getByRole('img', { name: /会员码/ }).waitFor()
  await volunteer.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await volunteer.page.goto(`${site.url}/shifts/${shift.id}`)
  await volunteer.page.getByRole('button', { name: '报名', exact: true }).waitFor()
  await volunteer.context.setOffline(true)
  await claimOnPage(volunteer)
  await volunteer.page
    .getByText(/待同步/)
    .first()
    .waitFor()
  expect(await signupsOf(shift.id)).toEqual([])

  await volunteer.context.setOffline(false)
  await expect
    .poll(() => signupsOf(shift.id), { timeout: 30_000 })
    .toEqual([{ person_id: person, status: 'confirmed' }])

  await advanceTo(shift)
  await leader.page.goto(`${site.url}/lead/${shift.id}`)
  await leader.page.getByRole('button', { name: '扫码签到' }).waitFor()
  // The demo clock was run ahead: the volunteer's phone learns it while there is still network.
  await volunteer.page.goto(`${site.url}/code`)
  await volunteer.page.getByRole('img', { name: /会员码/ }).waitFor()
  await volunteer.page.waitForLoadState('networkidle')
  await volunteer.context.setOffline(true)
  await leader.context.setOffline(true)
  await volunteer.page.goto(`${site.url}/code`)
  await enterDigits(leader, '扫码签到', await digitsOf(volunteer, false))
  await leader.page
    .getByText(/待同步/)
    .first()
    .waitFor()
  const signup = await signupId(shift.id, person)
  expect(await stored(site, 'leader', `attendances?id=eq.${signup}&select=id`)).toEqual([])

  await leader.context.setOffline(false)
  await expect
    .poll(() => stored(site, 'leader', `attendances?id=eq.${signup}&select=status,checked_in_via`), { timeout: 30_000 })
    .toEqual([{ status: 'checked_in', checked_in_via: 'code' }])
  await volunteer.context.setOffline(false)
  expect([...volunteer.errors, ...leader.errors]).toEqual([])

  await volunteer.context.close()
  await leader.context.close()

  async function signupsOf(shiftId: string) {
    return stored(site, 'volunteer', `signups?shift_id=eq.${shiftId}&person_id=eq.${person}&select=person_id,status`)
  }
  async function signupId(shiftId: string, personId: string) {
    const [row] = await stored<Signup>(
      site,
      'leader',
      `signups?shift_id=eq.${shiftId}&person_id=eq.${personId}&select=id`,
    )
    return row!.id
  }
})

/** Two taps: the card, then 报名. */
async function claim({ page }: Visit) {
  await page.goto(`${site.url}/shifts`)
  await page
    .getByRole('button', { name: SHIFT })
    .or(page.getByRole('link', { name: SHIFT }))
    .first()
    .click()
  await claimOnPage({ page })
  await page
    .getByText(/已报名|报上了/)
    .first()
    .waitFor()
}

async function claimOnPage({ page }: Pick<Visit, 'page'>) {
  await page.getByRole('button', { name: '报名', exact: true }).last().click()
}

async function openRosterAsLeader({ page }: Visit): Promise<string> {
  await page.goto(`${site.url}/lead`)
  await page.getByRole('link', { name: SHIFT }).first().click()
  await page.waitForURL(/\/lead\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: '扫码签到' }).waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}

/** The six digits on the member's phone, with a few seconds of life left in them. */
async function digitsOf({ page }: Visit, navigate = true): Promise<string> {
  if (navigate) await page.goto(`${site.url}/code`)
  await page.getByRole('img', { name: /会员码/ }).waitFor()
  await expect
    .poll(async () => Number(/(\d+) 秒后换新/.exec((await page.getByText(/秒后换新/).textContent()) ?? '')?.[1] ?? 0), {
      timeout: 32_000,
    })
    .toBeGreaterThan(4)
  const text = await page
    .getByText(/^\s*\d{3}\s*\d{3}\s*$/)
    .first()
    .textContent()
  return text!.replaceAll(/\D/g, '')
}

async function enterDigits({ page }: Visit, open: string, digits: string, mode?: string) {
  await page.getByRole('button', { name: open }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: '改为输六位数' }).click()
  if (mode) await sheet.getByRole('button', { name: mode, exact: true }).click()
  for (const digit of digits) await sheet.getByRole('button', { name: digit, exact: true }).click()
}

async function closeSheet({ page }: Visit) {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function fastForward({ page }: Visit, label: string) {
  await page
    .getByRole('button', { name: /演示数据/ })
    .first()
    .click()
  await page.getByRole('button', { name: label }).click()
  await page
    .getByText(/现在是/)
    .first()
    .waitFor()
}

interface LedShift {
  id: string
  starts_at: string
  now: string
}

/** The next shift of the leader's own corps that the volunteer can still claim. */
async function nextShiftLed(at: Site): Promise<LedShift> {
  const { community_id: community } = await membershipOf(at, 'leader')
  const led = await call<{ server_time: string; shifts: { id: string }[] }>(at, 'leader', 'leader_shifts', {
    p_community_id: community,
  })
  const open = await call<{
    shifts: {
      id: string
      starts_at: string
      mine: unknown
      why_not: unknown
      clash: unknown
      places: { capacity: number; taken: number; roles: unknown[] }
    }[]
  }>(at, 'volunteer', 'list_shifts', { p_community_id: community })
  const shift = open.shifts.find(
    ({ id, mine, why_not: whyNot, clash, places }) =>
      // One kind of place: with several, the page asks which.
      led.shifts.some((one) => one.id === id) &&
      !mine &&
      !whyNot &&
      !clash &&
      places.roles.length === 1 &&
      places.taken < places.capacity,
  )
  if (!shift) throw new Error('The demo has no further shift of this leader to claim.')
  return { id: shift.id, starts_at: shift.starts_at, now: led.server_time }
}

/** Runs the demo clock to ten minutes before the shift, at most a day at a time. */
async function advanceTo(shift: LedShift) {
  let left = Math.round((Date.parse(shift.starts_at) - Date.parse(shift.now)) / 60_000) - 10
  for (; left > 0; left -= 1440) await call(site, 'leader', 'advance_demo_clock', { p_minutes: Math.min(left, 1440) })
}
