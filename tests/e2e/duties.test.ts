import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { accountOf, call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// A member logs a duty without network and it is sent later; the leader verifies one and returns one; the secretary
// closes a quarter, and the member reads why and objects.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Log {
  id: string
  kind: string
  status: string
  minutes: number
}
const logsOf = (name: string, person: string, rest = '') =>
  stored<Log>(
    site,
    name,
    `duty_logs?person_id=eq.${person}&select=id,kind,status,minutes&order=submitted_at.desc${rest}`,
  )

test('a member logs a duty in the basement, corrects another, and the leader verifies', async () => {
  const { person_id: member } = await membershipOf(site, 'party')
  const before = await logsOf('party', member)
  const { page, context, errors } = await signIn(browser, site, 'party')
  // In half a minute: two taps, with what the post owes, where and how long filled in.
  await page.getByRole('link', { name: '记履职' }).waitFor()
  const began = Date.now()
  await page.getByRole('link', { name: '记履职' }).click()
  await page.getByRole('heading', { name: '记履职' }).waitFor()
  await context.setOffline(true)
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText('存在手机里了，有网就提交').waitFor()
  expect(Date.now() - began).toBeLessThan(30_000)
  await page.getByText(/有 1 条存在手机里/).waitFor()
  expect(await logsOf('party', member)).toHaveLength(before.length)
  await context.setOffline(false)
  await expect.poll(async () => (await logsOf('party', member)).length, { timeout: 20_000 }).toBe(before.length + 1)
  const [logged] = await logsOf('party', member)
  expect(logged).toMatchObject({ kind: 'publicity_round', status: 'submitted', minutes: 30 })

  // The one the secretary returned is corrected.
  await page.getByText('请写一句宣传了什么').first().waitFor()
  await page.getByRole('button', { name: '改一改' }).click()
  await page.getByLabel('备注').fill('宣传了冬季用火安全')
  await page.getByRole('button', { name: '改好了，再提交' }).click()
  await page.getByText('记好了，等负责人核实').waitFor()
  const returned = before.find(({ status }) => status === 'returned')!
  expect((await logsOf('party', member, `&id=eq.${returned.id}`))[0]!.status).toBe('submitted')

  const leader = await signIn(browser, site, 'branch')
  await leader.page.goto(`${site.url}/lead/duties`)
  const { email } = accountOf(site, 'party')
  expect(email).toContain('party')
  const card = leader.page.getByRole('listitem').filter({ hasText: '宣传了冬季用火安全' })
  await card.getByRole('button', { name: '核实', exact: true }).click()
  await leader.page.getByText('核实了 1 条').waitFor()
  await expect.poll(async () => (await logsOf('party', member, `&id=eq.${returned.id}`))[0]!.status).toBe('verified')

  const other = leader.page
    .getByRole('listitem')
    .filter({ hasText: '赵国梁 · 政策宣传' })
    .filter({ has: leader.page.getByRole('button', { name: '退回' }) })
    .first()
  await other.getByRole('button', { name: '退回' }).click()
  await leader.page.getByLabel(/哪里要补充/).fill('请写楼号')
  await leader.page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
  await leader.page.getByText('退回了，也告诉对方了').waitFor()
  expect((await logsOf('party', member, '&status=eq.returned')).length).toBe(1)
  expect([...errors, ...leader.errors]).toEqual([])
  await context.close()
  await leader.context.close()
})

test('the secretary confirms a quarter, and the member reads why and objects', async () => {
  const { community_id: community, person_id: member } = await membershipOf(site, 'party')
  const quarters = () =>
    stored<{ id: string; quarter: number }>(
      site,
      'party',
      `party_quarter_scores?person_id=eq.${member}&year=eq.2026&select=id,quarter&order=quarter`,
    )
  expect((await quarters()).map(({ quarter }) => quarter)).toEqual([1, 2])

  const secretary = await signIn(browser, site, 'branch', 'desktop')
  await secretary.page.goto(`${site.url}/office/branch`)
  await secretary.page.getByRole('tab', { name: '积分' }).click()
  await secretary.page.getByRole('button', { name: '确认第 3 季度' }).click()
  await secretary.page.getByRole('alertdialog').getByRole('button', { name: '确认', exact: true }).click()
  await secretary.page.getByText(/^确认了 \d+ 人$/).waitFor()
  expect((await quarters()).map(({ quarter }) => quarter)).toEqual([1, 2, 3])

  await secretary.page.getByRole('tab', { name: '组织生活' }).click()
  await secretary.page.getByRole('button', { name: '记一次' }).click()
  await secretary.page.getByLabel(/主题/).fill('冬季安全专题党日')
  await secretary.page.getByRole('button', { name: '保存' }).click()
  await secretary.page.getByText('记好了').first().waitFor()
  expect(
    await stored(site, 'branch', `party_meetings?title=eq.${encodeURIComponent('冬季安全专题党日')}&select=kind`),
  ).toEqual([{ kind: 'theme_day' }])

  // Dues are noted for those of whom they are not; what was noted before stays as it was.
  await secretary.page.getByRole('tab', { name: '党员' }).click()
  const dues = () =>
    stored<{ person_id: string; paid_on: string | null }>(
      site,
      'branch',
      'party_dues?month=eq.2026-11-01&select=person_id,paid_on&order=person_id',
    )
  const before = await dues()
  await secretary.page.getByRole('columnheader').getByRole('checkbox').check()
  await secretary.page.getByRole('button', { name: '登记党费' }).click()
  await secretary.page.getByText(/已经登记，或者在单位交，不改动/).waitFor()
  await secretary.page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await secretary.page.getByText(/^登记了 \d+ 人$/).waitFor()
  const after = await dues()
  expect(after.length).toBeGreaterThan(before.length)
  expect(after).toEqual(expect.arrayContaining(before))

  const { page, errors, context } = await signIn(browser, site, 'party')
  await page.goto(`${site.url}/me/score`)
  await page.getByRole('heading', { name: '为什么是这些分' }).waitFor()
  await page.getByText('一代四员岗位履职').click()
  await page.getByText('当月规定的次数都核实了', { exact: false }).waitFor()
  await page.getByRole('button', { name: '有异议' }).last().click()
  await page.getByLabel(/哪里不对/).fill('九月的学习少记了一次')
  await page.getByRole('button', { name: '提交异议' }).click()
  await page.getByText('收到了，会有人核实后答复您').waitFor()

  // Whoever confirmed does not answer; the committee does, and the correction is seen.
  const [objection] = await stored<{ id: string; status: string }>(
    site,
    'party',
    `party_objections?person_id=eq.${member}&status=eq.open&select=id,status`,
  )
  await expect(
    call(site, 'branch', 'answer_score_objection', {
      p_community_id: community,
      p_id: newId(),
      p_objection_id: objection!.id,
      p_answer: '好',
    }),
  ).rejects.toThrow('confirmed_it_oneself')
  await call(site, 'secretary', 'answer_score_objection', {
    p_community_id: community,
    p_id: newId(),
    p_objection_id: objection!.id,
    p_answer: '核实了，补上',
    p_points: 0.5,
  })
  await page.reload()
  await page.getByText('已更正').first().waitFor()
  await page.getByRole('heading', { name: '确认之后的更正' }).waitFor()
  expect([...errors, ...secretary.errors]).toEqual([])
  await context.close()
  await secretary.context.close()
})
