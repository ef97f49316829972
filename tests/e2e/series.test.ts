import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// What comes again is planned, opened, moved and changed while somebody is signed up; the office opens a whole service day.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface Time {
  original_on: string
  shift_id: string
  activity_id: string
  status: string
  starts_at: string
}

async function change(page: Page, day: RegExp, what: string, fill: (page: Page) => Promise<void>) {
  await page.getByRole('button', { name: day }).first().click()
  await page.getByRole('button', { name: what }).click()
  await fill(page)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已修改，有人报名的都通知到了').first().waitFor()
}

test('a leader plans a series on the phone in 长辈版; moving one time and changing the later ones loses no sign-up', async () => {
  const { community_id: community } = await membershipOf(site, 'leader')
  const leader = await signIn(browser, site, 'leader')
  const { page } = leader
  await page.evaluate(() =>
    localStorage.setItem('sanlian.display', JSON.stringify({ theme: 'auto', elder: true, fontStep: 0 })),
  )
  await page.goto(`${site.url}/lead/series/new`)
  await page.getByLabel(/^活动名称/).fill('周六清河行动')
  await page.getByLabel(/^服务类别/).selectOption('environment')
  await page.getByLabel(/^风险提示/).fill('河边湿滑，不下水')
  await page.getByRole('button', { name: '排好这个系列' }).click()
  await page.waitForURL(/\/lead\/series\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1)!
  const times = async () =>
    (
      await call<{ occurrences: Time[] }>(site, 'leader', 'series_detail', {
        p_community_id: community,
        p_series_id: id,
      })
    ).occurrences
  const planned = await times()
  expect(planned.length).toBeGreaterThan(10)
  await page.getByRole('button', { name: `提交 ${planned.length} 次给社区` }).click()
  await expect
    .poll(async () => new Set((await times()).map(({ status }) => status)))
    .toEqual(new Set(['pending_review']))

  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/lead/series/${id}`)
  await office.page.getByRole('button', { name: `一起发布 ${planned.length} 次` }).click()
  await expect.poll(async () => new Set((await times()).map(({ status }) => status))).toEqual(new Set(['published']))

  const [, moved, later] = planned as [Time, Time, Time]
  const held = [newId(), newId()]
  for (const [n, { shift_id: shift }] of [moved, later].entries())
    await call(site, 'volunteer', 'claim_shift', { p_community_id: community, p_id: held[n], p_shift_id: shift })

  await page.reload()
  await change(page, dayOf(moved), '只改这一次', async (form) => {
    await form.getByLabel(/^日期/).fill(after(moved.original_on, 1))
  })
  await change(page, dayOf(later), '改这次和以后', async (form) => {
    await form.getByLabel(/^开始/).fill('15:00')
    await form.getByLabel(/^结束/).fill('17:00')
  })

  const now = await times()
  expect(now.map(({ original_on: day }) => day).toSorted()).toEqual(planned.map(({ original_on: day }) => day))
  const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`).getTime()
  expect(now.map((one) => new Date(one.starts_at).getTime())).toEqual(
    planned.map(({ original_on: day }) => {
      if (day === moved.original_on) return at(after(day, 1), '09:00')
      return at(day, day < later.original_on ? '09:00' : '15:00')
    }),
  )
  const rows = await stored(site, 'volunteer', `signups?id=in.(${held.join()})&select=status,shift_id&order=shift_id`)
  expect(rows).toEqual(
    [moved, later]
      .map(({ shift_id }) => ({ status: 'confirmed', shift_id }))
      .toSorted((a, b) => (a.shift_id < b.shift_id ? -1 : 1)),
  )
  expect([...leader.errors, ...office.errors]).toEqual([])
  await leader.context.close()
  await office.context.close()
})

test('the office opens all drafts of the 28th in one act', async () => {
  const office = await signIn(browser, site, 'secretary', 'desktop')
  const { page } = office
  await page.goto(`${site.url}/office/calendar`)
  const publish = page.getByRole('button', { name: /^一起发布 \d+ 个$/ })
  const count = Number((await publish.textContent())!.match(/\d+/)![0])
  const onThe28th = `activities?select=id&status=eq.published&title=like.28日*`
  const before = (await stored(site, 'secretary', onThe28th)).length
  await publish.click()
  await page.getByText(`已发布 ${count} 个活动`).first().waitFor()
  expect((await stored(site, 'secretary', onThe28th)).length).toBe(before + count)
  expect(office.errors).toEqual([])
  await office.context.close()
})

function dayOf({ original_on: day }: Time): RegExp {
  const [, month, date] = day.split('-').map(Number)
  return new RegExp(`${month}月${date}日`)
}

const after = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
