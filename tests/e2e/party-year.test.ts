import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// January: the branch confirms what is left of the year, writes the reviews down, waits for objections, vouches for who
// wrote meetings down, and closes the year; the member reads how it ended.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function passDays(days: number) {
  for (let day = 0; day < days; day += 1) await call(site, 'branch', 'advance_demo_clock', { p_minutes: 1440 })
}

interface Scores {
  members: { person_id: string; name: string; needs_review: boolean; grade: string | null; band: string | null }[]
}

test('a group leader writes the meeting down without network, and the own presence counts when somebody else says so', async () => {
  const { community_id: community, person_id: member } = await membershipOf(site, 'party')
  const { person_id: secretaryId } = await membershipOf(site, 'branch')
  const [membership] = await stored<{ group_id: string }>(
    site,
    'branch',
    `party_memberships?person_id=eq.${member}&valid_to=is.null&select=group_id`,
  )
  await call(site, 'secretary', 'grant_role', {
    p_community_id: community,
    p_id: newId(),
    p_person_id: member,
    p_role: 'party_group_leader',
    p_scope_kind: 'party_org',
    p_scope_id: membership!.group_id,
  })
  const leader = await signIn(browser, site, 'party')
  await leader.page.goto(`${site.url}/lead/meetings`)
  await leader.page.getByRole('button', { name: '记一次' }).click()
  await leader.page.getByLabel(/主题/).fill('冬季学习讨论')
  await leader.context.setOffline(true)
  await leader.page.getByRole('button', { name: '保存' }).click()
  await leader.page.getByText('没有网络，先存在手机里，连上后自动提交').first().waitFor()
  await leader.context.setOffline(false)
  const meetings = () =>
    stored<{ id: string; kind: string }>(
      site,
      'party',
      `party_meetings?title=eq.${encodeURIComponent('冬季学习讨论')}&select=id,kind`,
    )
  await expect
    .poll(async () => (await meetings()).map(({ kind }) => kind), { timeout: 20_000 })
    .toEqual(['group_meeting'])
  const [meeting] = await meetings()
  const own = () =>
    stored(
      site,
      'party',
      `party_attendances?meeting_id=eq.${meeting!.id}&person_id=eq.${member}&select=status,vouched_by`,
    )
  expect(await own()).toEqual([{ status: 'present', vouched_by: null }])

  const secretary = await signIn(browser, site, 'branch', 'desktop')
  await secretary.page.goto(`${site.url}/office/branch`)
  await secretary.page.getByRole('tab', { name: '组织生活' }).click()
  await secretary.page.getByRole('button', { name: '都到了，确认' }).click()
  await secretary.page.getByText('确认了 1 次到会').waitFor()
  expect(await own()).toEqual([{ status: 'present', vouched_by: secretaryId }])
  expect([...leader.errors, ...secretary.errors]).toEqual([])
  await leader.context.close()
  await secretary.context.close()
})

test('a branch closes its year, and the member reads how it ended', async () => {
  const { community_id: community, person_id: me } = await membershipOf(site, 'branch')
  const { person_id: member } = await membershipOf(site, 'party')
  const { org_id: org } = await call<{ org_id: string }>(site, 'branch', 'branch_desk', { p_community_id: community })
  const scores = () =>
    call<Scores>(site, 'branch', 'branch_scores', { p_community_id: community, p_org_id: org, p_year: 2026 })
  await passDays(38)

  // What the secretary noted of the own presence is vouched for by the committee, on its desk.
  const above = await signIn(browser, site, 'secretary', 'desktop')
  await above.page.goto(`${site.url}/office/branch`)
  await above.page.getByRole('combobox').first().selectOption(org)
  await above.page.getByRole('tab', { name: '组织生活' }).click()
  await above.page.getByRole('button', { name: '都到了，确认' }).click()
  await above.page.getByText(/^确认了 \d+ 次到会$/).waitFor()
  expect(
    await stored(site, 'branch', `party_attendances?person_id=eq.${me}&status=eq.present&vouched_by=is.null&select=id`),
  ).toEqual([])

  const secretary = await signIn(browser, site, 'branch', 'desktop')
  const { page } = secretary
  await page.goto(`${site.url}/office/branch`)
  await page.getByRole('tab', { name: '积分' }).click()
  for (const quarter of [3, 4]) {
    await page.getByRole('button', { name: `确认第 ${quarter} 季度` }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '确认', exact: true }).click()
    await page
      .getByText(/^确认了 \d+ 人$/)
      .first()
      .waitFor()
  }
  await page.getByText('四个季度都确认了').waitFor()
  await page.getByText(/之前大家还可以提异议/).waitFor()
  const close = page.getByRole('button', { name: '结算 2026 年' })
  expect(await close.isDisabled()).toBe(true)
  // One review on the screen, the others past it.
  const missing = (await scores()).members.filter((m) => m.needs_review && !m.grade && m.person_id !== me)
  await page.getByLabel(`${missing[0]!.name} 的评议`).first().selectOption('qualified')
  await page.getByText(`还有 ${missing.length - 1} 人没有登记民主评议`).waitFor()
  for (const { person_id: person } of (await scores()).members.filter(
    (m) => m.needs_review && !m.grade && m.person_id !== me,
  ))
    await call(site, 'branch', 'record_party_review', {
      p_community_id: community,
      p_id: newId(),
      p_person_id: person,
      p_year: 2026,
      p_grade: 'excellent',
    })
  await passDays(16)
  await page.reload()
  await page.getByRole('tab', { name: '积分' }).click()
  await page.getByText('民主评议都登记了').waitFor()
  await close.click()
  await page.getByRole('alertdialog').getByRole('button', { name: '结算 2026 年' }).click()
  await page.getByText(/^结算了 \d+ 人$/).waitFor()
  const [closed] = await stored<{ band: string; score: number; closed_by: string }>(
    site,
    'party',
    `party_year_scores?person_id=eq.${member}&year=eq.2026&select=band,score,closed_by`,
  )
  expect(closed).toMatchObject({ closed_by: me })
  // Nobody closes the own year.
  expect(await stored(site, 'branch', `party_year_scores?person_id=eq.${me}&select=id`)).toEqual([])

  const theirs = await signIn(browser, site, 'party')
  await theirs.page.goto(`${site.url}/me/score`)
  await theirs.page.getByRole('combobox').selectOption('2026')
  await theirs.page.getByText('2026 年度').first().waitFor()
  await theirs.page.getByText(String(closed!.score), { exact: true }).first().waitFor()
  expect([...above.errors, ...secretary.errors, ...theirs.errors]).toEqual([])
  await Promise.all([above, secretary, theirs].map(({ context }) => context.close()))
})
