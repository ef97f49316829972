import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { accountOf, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// A newcomer aged 16 signs up, asks to join with the invite code and a guardian, the office confirms after having
// called the guardian, and the newcomer is in. Somebody aged 13 is told at once, before anything is sent.

const INVITE = 'WUTUNG2628'
const NAME = '𠮷䶮·买买提'

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

test('a minor joins with an invite code, a guardian and the confirmation of the office', async () => {
  const { context, page, errors } = await visit(browser, site, 'phone', `/join/${INVITE}`)
  await page.getByText('梧桐里社区').first().waitFor()
  await page
    .getByRole('link', { name: '注册账号' })
    .or(page.getByRole('button', { name: '注册账号' }))
    .first()
    .click()
  await page.waitForURL(/sign-up/)
  await born(2013)
  await page
    .getByText(/未满 14|14 岁/)
    .first()
    .waitFor()
  expect(await page.getByLabel('邮箱').count(), 'nothing is asked of a child').toBe(0)
  await page.getByRole('button', { name: /重新选|选错/ }).click()

  await born(2010)
  await page.getByLabel('邮箱').fill('minor@sanlian.example')
  await page.getByLabel(/^密码/).fill('wutong-2628-xin')
  await page.getByRole('button', { name: '注册', exact: true }).click()
  await page.waitForURL(/\/join/)
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill(NAME)
  await page.getByRole('textbox', { name: '手机号', exact: true }).fill('144 0000 2628')
  await page.getByRole('textbox', { name: /监护人姓名/ }).fill('买买提·阿里')
  await page.getByRole('textbox', { name: /监护人(手机|电话)/ }).fill('14400002629')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.getByText('已申请加入梧桐里社区').waitFor()

  const secretary = await signIn(browser, site, 'secretary', 'desktop')
  await secretary.page.goto(`${site.url}/office/joins`)
  const card = secretary.page.getByRole('listitem').filter({ hasText: NAME })
  await card.getByRole('checkbox').check()
  await card.getByRole('button', { name: '确认加入' }).click()
  await expect.poll(() => secretary.page.getByRole('listitem').filter({ hasText: NAME }).count()).toBe(0)

  await page.goto(`${site.url}/`)
  await page.getByRole('heading', { name: new RegExp(NAME) }).waitFor()
  site.accounts.push({ ...accountOf(site, 'resident'), email: 'minor@sanlian.example', password: 'wutong-2628-xin' })
  const { community_id: community, person_id: person } = await membershipOf(site, 'minor')
  expect(await stored(site, 'minor', `person_private?person_id=eq.${person}&select=real_name,phone`)).toEqual([
    { real_name: NAME, phone: '14400002628' },
  ])
  expect(await stored(site, 'minor', `consents?person_id=eq.${person}&select=purpose,given_via&order=purpose`)).toEqual(
    [
      { purpose: 'community_service', given_via: 'self' },
      { purpose: 'guardian', given_via: 'guardian' },
    ],
  )
  expect(
    await stored(
      site,
      'secretary',
      `audit_logs?community_id=eq.${community}&for_person_id=eq.${person}&select=command`,
    ),
  ).toEqual([{ command: 'review_join' }])
  expect([...errors, ...secretary.errors]).toEqual([])
  await context.close()
  await secretary.context.close()

  async function born(year: number) {
    await page.getByLabel('出生年份').or(page.getByRole('combobox').first()).first().selectOption(String(year))
    await page.getByRole('combobox').nth(1).selectOption('3')
    if (!(await page.getByRole('checkbox').isChecked())) await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: '下一步' }).click()
  }
})
