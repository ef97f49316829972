import type { Browser } from 'playwright-core'
import readExcelFile from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { residentFile, residentXlsx } from '../factories/roster'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, type Visit } from './journey'

// The office imports a roster of 3,000 rows, 37 of them bad in ten ways; every bad row is named, the good ones are there once.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

interface ImportRow {
  id: string
  total_rows: number
}

test('a file of 3,000 rows with 37 bad rows of ten kinds is imported once, each bad row named with its reason', async () => {
  const file = residentFile()
  expect(file.bad).toHaveLength(37)
  const xlsx = {
    name: '居民名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await residentXlsx(file),
  }
  const secretary = await signIn(browser, site, 'secretary', 'desktop')
  const { community_id: community } = await membershipOf(site, 'secretary')
  const before = await people()

  await importFile(secretary)
  await secretary.page.getByText('没导入的行').first().waitFor()
  expect(await people()).toBe(before + 2963)
  const [first] = await stored<ImportRow>(
    site,
    'secretary',
    `roster_imports?select=id,total_rows&order=started_at.desc&limit=1`,
  )
  expect(first!.total_rows).toBe(3000)
  const refused = await stored<{ row_no: number; reasons: { field: string; reason: string }[] }>(
    site,
    'secretary',
    `roster_import_rows?import_id=eq.${first!.id}&outcome=eq.rejected&select=row_no,reasons&order=row_no&limit=100`,
  )
  expect(refused.map(({ row_no: rowNo, reasons }) => ({ rowNo, reason: reasons[0]!.reason }))).toEqual(
    file.bad.map(({ rowNo, reason }) => ({ rowNo, reason })),
  )

  const download = secretary.page.waitForEvent('download')
  await secretary.page.getByRole('button', { name: '下载这些行' }).click()
  const [sheet] = await readExcelFile((await (await download).path())!)
  const rows = sheet!.data
  expect(rows).toHaveLength(38)
  expect(rows[0]).toContain('原因')

  await secretary.page.getByRole('button', { name: '再导入一份' }).click()
  await importFile(secretary)
  await secretary.page.getByText('没导入的行').first().waitFor()
  expect(await people(), 'the same file sent again adds nobody').toBe(before + 2963)
  expect(secretary.errors).toEqual([])
  await secretary.context.close()

  async function importFile({ page }: Visit) {
    if (!page.url().endsWith('/office/import')) await page.goto(`${site.url}/office/import`)
    await page.locator('input[type=file]').setInputFiles(xlsx)
    const create = page.getByRole('checkbox', { name: /新网格/ })
    await create.waitFor()
    if (!(await create.isChecked())) await create.check()
    await page.getByRole('button', { name: /开始导入/ }).click()
    await page.getByText('导入完成').waitFor({ timeout: 100_000 })
  }
  async function people(): Promise<number> {
    return (await call<{ total: number }>(site, 'secretary', 'list_people', { p_community_id: community, p_limit: 1 }))
      .total
  }
})
