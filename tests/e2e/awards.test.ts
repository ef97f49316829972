import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// A nominee says yes, says something and sees how another nomination was counted; whoever has no account reads the
// notice, objects by words alone and is answered by the street; after the limit nobody objects.

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Notices {
  notices: { id: string; kind: string; period: string; is_open: boolean }[]
}

test('a nominee accepts, writes a statement, reads the score and takes the full name back', async () => {
  const { community_id: community, person_id: person } = await membershipOf(site, 'volunteer')
  const { nominations } = await call<{
    nominations: { id: string; kind: string; period: string; notice_id: string | null }[]
  }>(site, 'volunteer', 'my_nominations', { p_community_id: community })
  const asked = nominations.find(({ period }) => period === '2026-Q4')!
  const { page, errors, context } = await signIn(browser, site, 'volunteer')
  await page.goto(`${site.url}/me`)
  await page.getByRole('link', { name: /我的评优/ }).click()
  const star = page.getByRole('article', { name: '片区服务明星' }).filter({ hasText: '2026 年第 4 季度' })
  await star.getByText('等您答复').waitFor()
  await star.getByRole('button', { name: '同意参评' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: /打星号/ }).waitFor()
  await sheet.getByRole('button', { name: '我同意' }).click()
  await star.getByText('已同意参评').waitFor()
  await star.getByLabel(/^自述/).fill('楼道的灯，我一盏一盏看着。')
  await star.getByRole('button', { name: '保存自述' }).click()
  await page.getByText('已保存').first().waitFor()

  const pioneer = page.getByRole('article', { name: '志愿先锋' }).filter({ hasText: '2026 年度' })
  await pioneer.getByText(/看看怎么算的/).click()
  await pioneer.getByText(/服务了 [\d.]+ 小时/).waitFor()
  await pioneer.getByText(/分数只作参考/).waitFor()
  // The full name in the notice was agreed to, and is taken back at once.
  const named = async () => {
    const { people } = await call<{ people: { label: string }[] }>(site, 'resident', 'public_notice', {
      p_notice_id: nominations.find(({ period, kind }) => period === '2026' && kind === 'volunteer_pioneer')!.notice_id,
    })
    return people.map(({ label }) => label).filter((label) => !label.includes('*'))
  }
  expect(await named()).toContain('周可欣')
  await pioneer.getByRole('switch', { name: /公示写全名/ }).uncheck()
  await expect.poll(named).not.toContain('周可欣')

  expect(
    await stored(site, 'volunteer', `nomination_consents?id=eq.${asked.id}&select=person_id,shows_full_name,given_via`),
  ).toEqual([{ person_id: person, shows_full_name: false, given_via: 'self' }])
  expect(await stored(site, 'volunteer', `nomination_statements?id=eq.${asked.id}&select=body`)).toEqual([
    { body: '楼道的灯，我一盏一盏看着。' },
  ])
  expect(errors).toEqual([])
  await context.close()
})

test('a visitor reads the notice and objects without a name; the street answers; after the limit nobody objects', async () => {
  const { community_id: community } = await membershipOf(site, 'street')
  const { notices } = await call<Notices>(site, 'street', 'public_notices', { p_community_id: community })
  const over = notices.find((one) => !one.is_open)!
  const { page, errors, context } = await visit(browser, site, 'phone', '/')
  await page.getByRole('link', { name: '评优公示' }).click()
  await page.getByRole('link', { name: /志愿先锋 · 2026 年度/ }).click()
  await page.getByRole('heading', { name: '志愿先锋公示' }).waitFor()
  const people = page.getByRole('region', { name: /公示名单/ }).getByRole('heading', { level: 3 })
  await people.first().waitFor()
  // Masked, but for whoever agreed to the full name.
  const shown = await call<{ people: { label: string; is_full_name: boolean }[] }>(site, 'street', 'public_notice', {
    p_notice_id: page.url().split('/').at(-1)!,
  })
  expect(await people.allInnerTexts()).toEqual(shown.people.map(({ label }) => label))
  const masked = shown.people.filter(({ is_full_name: isFull }) => !isFull)
  expect(masked.length).toBeGreaterThan(0)
  for (const { label } of masked) expect(label).toContain('*')
  await page.getByText('怎么评出来的').click()
  await page.getByText('至少服务 20 小时').waitFor()

  await page.getByRole('button', { name: '提意见' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: '提交意见' }).click()
  await sheet.getByText('请写一下是什么情况。').waitFor()
  await sheet.getByLabel(/^什么情况/).fill('五月那次清理河道我也在，名单里的人好像没到。')
  await sheet.getByRole('button', { name: '提交意见' }).click()
  const code = (await sheet.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{1,4})+$/).innerText()).trim()
  await sheet.getByRole('button', { name: '记好了' }).click()

  await page.getByRole('link', { name: '查异议答复' }).click()
  await page.getByLabel(/^查询码/).fill(code.toLowerCase())
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByText('等待答复').waitFor()

  // The street did not decide, so it may answer; it is told the words, never who.
  const cycle = (
    await stored<{ cycle_id: string }>(
      site,
      'street',
      `publicity_notices?id=eq.${notices.find(({ is_open: isOpen }) => isOpen)!.id}&select=cycle_id`,
    )
  )[0]!.cycle_id
  const street = await signIn(browser, site, 'street', 'desktop')
  const answering = async () => {
    await street.page.goto(`${site.url}/office/appraisal/${cycle}`)
    await street.page.getByRole('tab', { name: /异议/ }).click()
    await street.page
      .getByRole('listitem')
      .filter({ hasText: '五月那次清理河道' })
      .getByRole('button', { name: '答复异议' })
      .click()
    return street.page.getByRole('dialog')
  }
  const answer = await answering()
  await answer.getByText('不成立，维持公示').click()
  await answer.getByLabel(/^答复/).fill('核对了签到和照片，当天都到了。谢谢您的监督。')
  // What was typed is there again after a reload.
  await answering()
  await answer.getByRole('radio', { name: '不成立，维持公示', checked: true }).waitFor()
  await answer.getByRole('button', { name: '答复', exact: true }).click()
  await street.page.getByText('已答复').first().waitFor()
  await street.context.close()
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByText('核对了签到和照片，当天都到了。谢谢您的监督。').waitFor()

  await page.goto(`${site.url}/notices/${over.id}`)
  await page.getByText('不再受理意见', { exact: false }).waitFor()
  expect(await page.getByRole('button', { name: '提意见' }).count()).toBe(0)
  await expect(
    call(site, 'resident', 'file_objection', {
      p_community_id: community,
      p_id: crypto.randomUUID(),
      p_notice_id: over.id,
      p_text: '太晚了',
    }),
  ).rejects.toThrow('objection_too_late')
  expect(errors).toEqual([])
  await context.close()
})
