import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** The full name of a demo account, as the office finds it in the roster. */
async function nameOf(name: string): Promise<string> {
  const { community_id: community, person_id: person } = await membershipOf(site, name)
  const { real_name: real } = await call<{ real_name: string }>(site, 'secretary', 'reveal_person', {
    p_community_id: community,
    p_id: newId(),
    p_person_id: person,
    p_reason: '核对评审小组',
  })
  return real
}

/** Takes the next step of the board and confirms it. */
async function take(page: Page, act: string, said: string): Promise<void> {
  await page.getByRole('button', { name: act, exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: act, exact: true }).click()
  await page.getByText(said).first().waitFor()
}

async function pick(page: Page, name: string): Promise<void> {
  const sheet = page.getByRole('dialog').last()
  await sheet.getByRole('searchbox').fill(name)
  await sheet
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .first()
    .click()
}

test('the secretary opens an appraisal, the nominee agrees, the panel decides and signs, and the notice hangs', async () => {
  const [branch, building, grid, partner] = (await Promise.all(
    ['branch', 'building', 'grid', 'partner'].map((name) => nameOf(name)),
  )) as [string, string, string, string]
  const office = await signIn(browser, site, 'secretary', 'desktop')
  const { page } = office
  await page.goto(`${site.url}/office/appraisal`)
  await page.getByRole('button', { name: '开始一次评比' }).click()
  const plan = page.getByRole('dialog')
  await plan.getByLabel(/奖项/).selectOption({ label: '共建典型' })
  const today = await plan.getByLabel(/收集到哪天/).getAttribute('min')
  await plan.getByLabel(/收集到哪天/).fill(today!)
  await plan.getByRole('button', { name: '存为草稿' }).click()
  await page.waitForURL(/\/office\/appraisal\/[0-9a-f-]{36}$/)
  const cycle = page.url().split('/').at(-1)!

  await page.getByRole('button', { name: '定评审小组' }).first().click()
  await pick(page, branch)
  await pick(page, building)
  await pick(page, grid)
  await page.getByRole('button', { name: '就定这些人' }).click()
  await page.getByText('评审小组已定').first().waitFor()
  await take(page, '开始收集', '开始收集了')

  await page.getByRole('button', { name: '提名', exact: true }).first().click()
  await pick(page, partner)
  const form = page.getByRole('dialog').last()
  await form.getByLabel(/单位名称/).fill('同心惠民超市')
  await form.getByLabel(/主要事迹/).fill('每月给独居老人送菜上门，一年没有断过。')
  // What was typed is there again after a reload.
  await page.reload()
  await page.getByRole('button', { name: '提名', exact: true }).first().click()
  expect(await form.getByLabel(/主要事迹/).inputValue()).toBe('每月给独居老人送菜上门，一年没有断过。')
  await form.getByText(partner).waitFor()
  await form.getByRole('button', { name: '提名', exact: true }).click()
  await page.getByText('同心惠民超市').first().waitFor()

  const { community_id: community } = await membershipOf(site, 'partner')
  const { nominations } = await call<{ nominations: { id: string; kind: string }[] }>(
    site,
    'partner',
    'my_nominations',
    {
      p_community_id: community,
    },
  )
  const nomination = nominations.find(({ kind }) => kind === 'cobuild_model')!.id
  await call(site, 'partner', 'accept_nomination', {
    p_community_id: community,
    p_id: newId(),
    p_nomination_id: nomination,
    p_shows_full_name: false,
  })

  // The office has its say, too: whoever did not put them forward.
  const colleague = await signIn(browser, site, 'street')
  await colleague.page.goto(`${site.url}/lead/appraisal`)
  await colleague.page
    .getByRole('listitem')
    .filter({ hasText: '同心惠民超市' })
    .getByRole('button', { name: '评一评' })
    .click()
  await colleague.page.getByRole('dialog').getByText('很好').click()
  await colleague.page.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  await colleague.page.getByText('收到了，谢谢').first().waitFor()
  await colleague.context.close()

  // It collects to the end of its last day.
  await call(site, 'branch', 'advance_demo_clock', { p_minutes: 1440 })

  await page.goto(`${site.url}/office/appraisal/${cycle}`)
  await take(page, '提前锁定数据', '数据已锁定')
  await take(page, '计算得分', '得分算好了')

  const panel = await signIn(browser, site, 'branch')
  await panel.page.goto(`${site.url}/lead/appraisal`)
  await panel.page.getByRole('link', { name: /共建典型/ }).click()
  await panel.page.getByText('为什么是这个分').click()
  await panel.page.getByText('1 份，平均 5（1–5）').waitFor()
  await panel.page.goBack()
  await panel.page.getByRole('button', { name: '评审', exact: true }).click()
  await panel.page.getByRole('dialog').getByText('列入', { exact: true }).click()
  await panel.page.getByRole('button', { name: '记到评审表上' }).click()
  await panel.page.getByRole('button', { name: '签字确认' }).click()
  await panel.page.getByText('已签字').first().waitFor()
  for (const name of ['building', 'grid'])
    await call(site, name, 'sign_decisions', { p_community_id: community, p_id: newId(), p_cycle_id: cycle })

  await page.reload()
  await take(page, '发布公示', '公示已发布')
  const [row] = await stored<{ status: string; quota: number }>(
    site,
    'secretary',
    `appraisal_cycles?id=eq.${cycle}&select=status,quota`,
  )
  expect(row).toEqual({ status: 'publicity', quota: 5 })
  const [notice] = await stored<{ id: string; first_day: string; last_day: string }>(
    site,
    'partner',
    `publicity_notices?cycle_id=eq.${cycle}&select=id,first_day,last_day`,
  )
  expect(notice!.first_day < notice!.last_day).toBe(true)
  const shown = await call<{ people: { label: string; reason: string }[] }>(site, 'resident', 'public_notice', {
    p_notice_id: notice!.id,
  })
  expect(shown.people).toMatchObject([{ label: '同心惠民超市', reason: '每月给独居老人送菜上门，一年没有断过。' }])
  // Whoever decided does not answer what is held against it.
  const { objection_id: objection } = await call<{ objection_id: string }>(site, 'resident', 'file_objection', {
    p_community_id: community,
    p_id: newId(),
    p_notice_id: notice!.id,
    p_text: '想请核对一下送菜的次数',
  })
  await expect(
    call(site, 'branch', 'answer_objection', {
      p_community_id: community,
      p_id: newId(),
      p_objection_id: objection,
      p_upheld: false,
      p_answer: '查过了',
    }),
  ).rejects.toThrow(/decided_it_oneself/)
  expect([...office.errors, ...panel.errors]).toEqual([])
  await office.context.close()
  await panel.context.close()
}, 120_000)
