import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// Two people do not come: the leader excuses one and marks the other, who reads why, objects, and is heard by the office.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Listed {
  id: string
  ends_at: string
  mine: object | null
  why_not: string | null
  clash: object | null
  places: { capacity: number; taken: number }
}
interface Member {
  name: string
  person_id: string
  is_me: boolean
  status: string
  attendance_status: string | null
}

test('whoever did not come is excused or marked, and may object', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const shiftId = await claimAndLetPass(community)
  const { members } = await call<{ members: Member[] }>(site, 'leader', 'shift_roster', {
    p_community_id: community,
    p_shift_id: shiftId,
  })
  const absent = members.filter((member) => member.status === 'confirmed' && !member.is_me)
  const volunteer = absent.find((member) => member.person_id === person)!
  const other = absent.find((member) => member.person_id !== person)!

  const leader = await signIn(browser, site, 'leader')
  const { page } = leader
  await page.goto(`${site.url}/lead/${shiftId}`)
  await page.getByRole('button', { name: other.name }).first().click()
  await page.getByRole('button', { name: '请假', exact: true }).click()
  await page.getByLabel(/请假的原因/).fill('加班')
  await page.getByRole('button', { name: '记为请假' }).click()
  await page.getByText('已记为请假').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: volunteer.name }).first().click()
  await page.getByRole('button', { name: '没有到场', exact: true }).click()
  await page.getByRole('button', { name: '记为没有到场' }).click()
  await page.getByText('已登记，也告诉对方了').first().waitFor()

  const theirs = await signIn(browser, site, 'volunteer')
  await theirs.page.goto(`${site.url}/shifts/mine`)
  await theirs.page.getByText(/这次没有见到您/).waitFor()
  await theirs.page.getByRole('button', { name: '申诉', exact: true }).click()
  await theirs.page.getByLabel(/当时是怎么回事/).fill('我到了，手机没电，没扫上码')
  await theirs.page.getByRole('button', { name: '提交申诉' }).click()
  await theirs.page.getByText('已收到您的申诉，答复前这次不算。').waitFor()

  const strikes = await stored<{ id: string; status: string; appeal_text: string }>(
    site,
    'volunteer',
    `strikes?person_id=eq.${person}&select=id,status,appeal_text`,
  )
  expect(strikes).toEqual([{ id: expect.any(String), status: 'appealed', appeal_text: '我到了，手机没电，没扫上码' }])
  const office = await signIn(browser, site, 'secretary')
  await office.page.goto(`${site.url}/office`)
  await office.page.getByRole('button', { name: /旧物回收日/ }).click()
  await office.page.getByText('我到了，手机没电，没扫上码').waitFor()
  await office.page.getByLabel(/^答复/).fill('核实过了，您来了')
  await office.page.getByRole('button', { name: '申诉通过' }).click()
  await office.page.getByText('已答复，也告诉对方了').waitFor()
  await theirs.page.goto(`${site.url}/shifts/mine`)
  await theirs.page.getByText('这次不算没有到场了。').waitFor()
  expect([...leader.errors, ...theirs.errors, ...office.errors]).toEqual([])

  await leader.context.close()
  await office.context.close()
  await theirs.context.close()
})

/** The volunteer claims a shift of the leader's corps where others are, too; then its time goes by. */
async function claimAndLetPass(community: string): Promise<string> {
  const led = await call<{ server_time: string; shifts: { id: string }[] }>(site, 'leader', 'leader_shifts', {
    p_community_id: community,
  })
  const { shifts } = await call<{ shifts: Listed[] }>(site, 'volunteer', 'list_shifts', { p_community_id: community })
  const shift = shifts.find(
    ({ id, mine, why_not: whyNot, clash, places }) =>
      !mine &&
      !whyNot &&
      !clash &&
      places.taken < places.capacity &&
      places.taken > 1 &&
      led.shifts.some((one) => one.id === id),
  )!
  await call(site, 'volunteer', 'claim_shift', { p_community_id: community, p_id: newId(), p_shift_id: shift.id })
  let left = Math.ceil((Date.parse(shift.ends_at) - Date.parse(led.server_time)) / 60_000) + 5
  for (; left > 0; left -= 1440) await call(site, 'leader', 'advance_demo_clock', { p_minutes: Math.min(left, 1440) })
  return shift.id
}
