import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// Honest hours: a forgotten check-out is asked and never assumed, a back-fill passes two reviewers, who was served rates
// without a name; and a volunteer and a leader walk their lists in 长辈版.

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
  title: string
  status: string
}
interface StoredRecord {
  id: string
  minutes: number
  provenance: string
  confirmed_by: string
}
interface Rating {
  n: number
  average: number | null
}
const recordsOf = (signup: string) =>
  stored<StoredRecord>(
    site,
    'volunteer',
    `service_records?signup_id=eq.${signup}&select=id,minutes,provenance,confirmed_by`,
  )
const elder = (page: Page) =>
  page.evaluate(() =>
    localStorage.setItem('sanlian.display', JSON.stringify({ theme: 'auto', elder: true, fontStep: 0 })),
  )
const card = (page: Page) =>
  page
    .getByRole('link', { name: /旧物回收日/ })
    .or(page.getByRole('button', { name: /旧物回收日/ }))
    .first()
/** 《移动互联网应用适老化通用设计规范》: what is tapped is 60 px high or wide, and nothing runs off the side. */
async function expectElder(page: Page) {
  const small = await page
    .getByRole('main')
    .locator('button:visible, a[href]:visible')
    .evaluateAll((all) =>
      all
        .map((one) => ({ name: one.textContent?.trim().slice(0, 20), box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0 && box.height < 59 && box.width < 59)
        .map(({ name }) => name),
    )
  expect(small).toEqual([])
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0)
}

test('a forgotten check-out is asked in 长辈版 and counts when the leader says so', async () => {
  const { community_id: community } = await membershipOf(site, 'volunteer')
  const [asked] = await stored<{ id: string; shift_id: string; checked_in_at: string }>(
    site,
    'volunteer',
    `attendances?status=eq.checked_in&left_claimed_at=is.null&person_id=eq.${(await membershipOf(site, 'volunteer')).person_id}&select=id,shift_id,checked_in_at`,
  )
  const { signups } = await call<{ signups: Mine[] }>(site, 'volunteer', 'my_shifts', { p_community_id: community })
  const { title } = signups.find(({ signup_id }) => signup_id === asked!.id)!
  expect(await recordsOf(asked!.id)).toEqual([])

  const volunteer = await signIn(browser, site, 'volunteer')
  await elder(volunteer.page)
  await volunteer.page.goto(`${site.url}/shifts/mine`)
  await volunteer.page.getByText('您几点离开的？').first().waitFor()
  await expectElder(volunteer.page)
  await volunteer.page.getByRole('button', { name: '说一下时间' }).click()
  await volunteer.page.getByLabel(/离开的时间/).fill('16:25')
  await volunteer.page.getByRole('button', { name: '告诉队长' }).click()
  await volunteer.page.getByText(/您说 16:25 离开，等队长确认/).waitFor()
  // Asked, never assumed: no end, no minutes, no record before the leader says so.
  expect(
    await stored(site, 'volunteer', `attendances?id=eq.${asked!.id}&select=status,checked_out_at,minutes`),
  ).toEqual([{ status: 'checked_in', checked_out_at: null, minutes: null }])
  expect(await recordsOf(asked!.id)).toEqual([])

  const leader = await signIn(browser, site, 'leader')
  await leader.page.goto(`${site.url}/lead/${asked!.shift_id}`)
  const { memberships } = await call<{ memberships: { real_name: string }[] }>(site, 'volunteer', 'my_session', {})
  await leader.page.getByRole('button', { name: memberships[0]!.real_name }).first().click()
  await leader.page.getByRole('button', { name: '对，16:25 离开的' }).click()
  await leader.page.getByText('登记好了，可以确认时长了').first().waitFor()
  await leader.page.keyboard.press('Escape')
  await leader.page.getByRole('dialog').waitFor({ state: 'detached' })
  await leader.page.getByRole('button', { name: /全部确认/ }).click()
  await leader.page.getByRole('button', { name: /^确认 \d+ 人/ }).click()
  await leader.page.getByText('已确认').first().waitFor()
  expect(await recordsOf(asked!.id)).toEqual([
    {
      id: expect.any(String),
      minutes: 85,
      provenance: 'leader_confirmed',
      confirmed_by: (await membershipOf(site, 'leader')).person_id,
    },
  ])
  await volunteer.page.goto(`${site.url}/me/service`)
  await volunteer.page.getByRole('button', { name: title }).first().click()
  await volunteer.page.getByText('为什么是这些分').waitFor()
  expect([...volunteer.errors, ...leader.errors]).toEqual([])
  await volunteer.context.close()
  await leader.context.close()
})

test('a back-fill passes two different reviewers and brings hours without points', async () => {
  // A service for which no shift was ever made: the leader writes it down first.
  const first = await signIn(browser, site, 'leader')
  await first.page.goto(`${site.url}/lead/hours?tab=backfill`)
  await first.page.getByRole('button', { name: '登记没排过班的服务' }).click()
  await first.page.getByLabel(/活动名称/).fill('连夜清雪')
  await first.page.getByLabel(/服务类别/).selectOption('environment')
  await first.page.getByLabel(/^从/).fill('06:00')
  await first.page.getByLabel(/^到/).fill('07:30')
  await first.page.getByRole('button', { name: '登记', exact: true }).click()
  await first.page.getByText('登记好了，来过的人可以补录了').first().waitFor()

  const volunteer = await signIn(browser, site, 'volunteer')
  const { page } = volunteer
  await page.goto(`${site.url}/me/backfills`)
  await page.getByRole('button', { name: '提交补录' }).click()
  const snow = page.getByRole('option', { name: /连夜清雪/ })
  await page.getByLabel(/哪个班次/).selectOption(await snow.first().getAttribute('value'))
  await page.getByLabel(/怎么证明/).fill('雪地里穿红背心的是我')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('等第一位审核').first().waitFor()
  const { person_id: person } = await membershipOf(site, 'volunteer')
  const backfills = () =>
    stored<{ id: string; status: string; record_id: string | null; activity_id: string }>(
      site,
      'volunteer',
      `backfills?person_id=eq.${person}&evidence=eq.${encodeURIComponent('雪地里穿红背心的是我')}&select=id,status,record_id,activity_id`,
    )
  const [filed] = await backfills()
  expect(filed).toMatchObject({ status: 'filed', record_id: null })

  await first.page.reload()
  const card = first.page.getByRole('article').filter({ hasText: '雪地里穿红背心的是我' })
  await card.getByRole('button', { name: '审核' }).click()
  await first.page.getByRole('button', { name: '通过', exact: true }).click()
  await card.getByText('等第二位审核').waitFor()
  // The first reviewer is not the second, on the screen or past it.
  await card.getByText('要由另一位来审核').waitFor()
  expect(await card.getByRole('button', { name: '审核' }).count()).toBe(0)
  expect((await backfills())[0]).toMatchObject({ status: 'passed_once', record_id: null })

  const second = await signIn(browser, site, 'secretary', 'desktop')
  await second.page.goto(`${site.url}/office/hours?tab=backfill`)
  const theirs = second.page.getByRole('article').filter({ hasText: '雪地里穿红背心的是我' })
  await theirs.getByRole('button', { name: '审核' }).click()
  await second.page.getByRole('button', { name: '通过', exact: true }).click()
  await theirs.getByText('已记时长').waitFor()
  const [passed] = await backfills()
  expect(passed).toMatchObject({ status: 'passed', record_id: expect.any(String) })
  expect(
    await stored(site, 'volunteer', `service_records?id=eq.${passed!.record_id}&select=provenance,person_id`),
  ).toEqual([{ provenance: 'backfilled', person_id: person }])
  expect(await stored(site, 'volunteer', `point_entries?source_id=eq.${passed!.record_id}&select=id`)).toEqual([])

  // Somebody without a phone was there, too: the leader files it by the volunteer number, and does not review it.
  const { person_id: other } = await membershipOf(site, 'party')
  const [joined] = await stored<{ volunteer_no: string }>(
    site,
    'party',
    `volunteers?id=eq.${other}&select=volunteer_no`,
  )
  await first.page.getByRole('button', { name: '替别人补录' }).click()
  await first.page
    .getByLabel(/哪个班次/)
    .selectOption(await first.page.getByRole('option', { name: /连夜清雪/ }).getAttribute('value'))
  await first.page.getByLabel(/给谁补录/).selectOption('不在名单上，按编号找')
  await first.page.getByLabel(/志愿者编号/).fill(joined!.volunteer_no)
  await first.page.getByRole('dialog').getByRole('button', { name: '查一查' }).click()
  await first.page.getByRole('status').filter({ hasText: joined!.volunteer_no }).waitFor()
  await first.page.getByLabel(/怎么证明/).fill('合影最左边那位')
  await first.page.getByRole('button', { name: '提交', exact: true }).click()
  const forOther = first.page.getByRole('article').filter({ hasText: '合影最左边那位' })
  await forOther.getByText('要由另一位来审核').waitFor()
  expect(await stored(site, 'party', `backfills?person_id=eq.${other}&status=eq.filed&select=status,filed_by`)).toEqual(
    [{ status: 'filed', filed_by: (await membershipOf(site, 'leader')).person_id }],
  )
  expect([...volunteer.errors, ...first.errors, ...second.errors]).toEqual([])
  await Promise.all([volunteer, first, second].map(({ context }) => context.close()))
})

test('who was served rates by a code, without an account and without a name', async () => {
  const { community_id: community } = await membershipOf(site, 'leader')
  const { activities } = await call<{ activities: { id: string; rating: Rating }[] }>(site, 'leader', 'settling_desk', {
    p_community_id: community,
  })
  const activity = activities.find(({ rating }) => rating.n === 0)
  const report = () =>
    call<{ words: string[]; rating: Rating }>(site, 'leader', 'activity_report', {
      p_community_id: community,
      p_activity_id: activity!.id,
    })
  const leader = await signIn(browser, site, 'leader')
  await leader.page.goto(`${site.url}/reports/${activity!.id}`)
  await leader.page.getByRole('button', { name: '请人评价' }).click()
  await leader.page.getByRole('img', { name: '评价码' }).waitFor()
  const link = (await leader.page.getByText(/\/rate\//).textContent())!.trim()

  const served = await visit(browser, site, 'phone', new URL(link).pathname)
  await served.page.getByRole('radio', { name: '满意', exact: true }).check({ force: true })
  await served.page.getByLabel(/想说的话/).fill('做得很细心')
  await served.page.getByRole('button', { name: '提交' }).click()
  await served.page.getByText('您的评价收到了。').waitFor()
  // One code, one rating.
  await served.page.reload()
  await served.page.getByText('您的评价收到了。').waitFor()
  // Below three ratings neither stars nor words are told: they would name somebody.
  expect(await report()).toMatchObject({ rating: { n: 1, average: null }, words: [] })
  await leader.page.goto(`${site.url}/reports/${activity!.id}`)
  await leader.page.getByText('满三份评价才显示，现在 1 份。').waitFor({ state: 'attached' })
  expect(await leader.page.getByText('做得很细心').count()).toBe(0)
  expect([...leader.errors, ...served.errors]).toEqual([])
  await leader.context.close()
  await served.context.close()
})

test('in 长辈版 a volunteer claims from the list, and the leader sees the row', async () => {
  const volunteer = await signIn(browser, site, 'volunteer')
  await elder(volunteer.page)
  await volunteer.page.goto(`${site.url}/shifts`)
  await card(volunteer.page).waitFor()
  await expectElder(volunteer.page)
  await card(volunteer.page).click()
  await volunteer.page.getByRole('button', { name: '报名', exact: true }).last().waitFor()
  await expectElder(volunteer.page)
  await volunteer.page.getByRole('button', { name: '报名', exact: true }).last().click()
  await volunteer.page
    .getByText(/已报名|报上了/)
    .first()
    .waitFor()
  const { community_id: community } = await membershipOf(site, 'volunteer')
  const taken = async () => {
    const { signups } = await call<{ signups: Mine[] }>(site, 'volunteer', 'my_shifts', { p_community_id: community })
    return signups.find(({ title, status }) => title.includes('旧物回收日') && status === 'confirmed')
  }
  await expect.poll(taken, { timeout: 20_000 }).toBeDefined()
  const { shift_id: shift } = (await taken())!
  const { person_id: person } = await membershipOf(site, 'volunteer')
  expect(await stored(site, 'volunteer', `signups?shift_id=eq.${shift}&person_id=eq.${person}&select=status`)).toEqual([
    { status: 'confirmed' },
  ])

  const leader = await signIn(browser, site, 'leader')
  await elder(leader.page)
  await leader.page.goto(`${site.url}/lead`)
  await card(leader.page).waitFor()
  await expectElder(leader.page)
  await leader.page.goto(`${site.url}/lead/${shift}`)
  const { memberships } = await call<{ memberships: { real_name: string }[] }>(site, 'volunteer', 'my_session', {})
  await leader.page.getByRole('button', { name: memberships[0]!.real_name }).first().waitFor()
  await expectElder(leader.page)
  expect([...volunteer.errors, ...leader.errors]).toEqual([])
  await volunteer.context.close()
  await leader.context.close()
})
