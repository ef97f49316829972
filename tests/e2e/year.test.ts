import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored } from './journey'

// The year looked at: a member's own, the community's for its secretary, the street's for its administrator.

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

test('a member reads the own year and takes the picture along; the street is not for them', async () => {
  const { person_id: person } = await membershipOf(site, 'volunteer')
  const { page, errors, context } = await signIn(browser, site, 'volunteer')
  await page.goto(`${site.url}/me`)
  await page.getByRole('link', { name: /我的这一年/ }).click()
  const records = await stored<{ minutes: number }>(
    site,
    'volunteer',
    `service_records?person_id=eq.${person}&service_date=gte.2026-01-01&select=minutes`,
  )
  const hours = records.reduce((sum, { minutes }) => sum + minutes, 0) / 60
  await page.getByText(`${Math.round(hours * 10) / 10}小时`).waitFor()
  await page.getByText(/您为邻里服务了 \d+ 次/).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /存成图片/ }).click()
  expect((await download).suggestedFilename()).toBe('我的这一年2026.png')
  await page.goto(`${site.url}/street`)
  await page.getByRole('heading', { name: '这一页不对您开放' }).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('the secretary reads the year as pictures, tables and a file', async () => {
  const { community_id: community } = await membershipOf(site, 'secretary')
  const { totals } = await call<{ totals: { hours: number; served: number } }>(site, 'secretary', 'year_dashboard', {
    p_community_id: community,
  })
  const { page, errors, context } = await signIn(browser, site, 'secretary', 'desktop')
  await page.goto(`${site.url}/office`)
  await page.getByRole('link', { name: '年度看板' }).click()
  await page.getByText(String(totals.hours), { exact: true }).first().waitFor()
  const chart = page.getByRole('region', { name: '每月服务小时' })
  await chart.getByRole('button', { name: '看表格' }).click()
  await chart.getByRole('columnheader', { name: '履职小时' }).waitFor()
  await chart.getByRole('rowheader', { name: '11月' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出全部表格' }).click()
  expect((await download).suggestedFilename()).toBe('梧桐里社区-年度看板-2026.xlsx')
  await page.getByRole('table', { name: '分片明细' }).getByRole('row').nth(8).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('the street sees five communities side by side and nobody of them', async () => {
  const { page, errors, context } = await signIn(browser, site, 'street', 'desktop')
  await page.goto(`${site.url}/street`)
  await page.getByRole('heading', { name: '同心街道总览' }).waitFor()
  const table = page.getByRole('table', { name: '各社区明细' })
  await table.getByRole('row').nth(5).waitFor()
  expect(await table.getByRole('row').count()).toBe(6)
  const answer = JSON.stringify(await call(site, 'street', 'street_overview', {}))
  const persons = await stored<{ id: string; display_name: string }>(
    site,
    'street',
    'persons?select=id,display_name&limit=200',
  )
  expect(persons.length).toBeGreaterThan(0)
  expect(persons.filter(({ id, display_name: name }) => answer.includes(id) || answer.includes(name))).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})
