import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/lib/id'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, stored, visit } from './journey'

// A volunteer gets a certificate, a stranger checks it by its code, a record in it is taken back, and the check says so.

let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

test('a certificate is printed by its holder and checked by anybody, until a record in it is taken back', async () => {
  const { community_id: community } = await membershipOf(site, 'volunteer')
  const { page, errors, context } = await signIn(browser, site, 'volunteer')
  await page.goto(`${site.url}/me/dossier`)
  await page.getByRole('link', { name: /服务证明/ }).click()
  await page.getByRole('button', { name: '开一份证明' }).click()
  await page.getByRole('button', { name: '开证明', exact: true }).click()
  await page.waitForURL(/\/me\/certificates\/[\da-f-]{36}$/)
  await page.getByRole('heading', { name: '志愿服务记录证明' }).first().waitFor()
  const id = new URL(page.url()).pathname.split('/').pop()!
  const [certificate] = await stored<{ code: string; holder_name: string; status: string }>(
    site,
    'volunteer',
    `certificates?id=eq.${id}&select=code,holder_name,status`,
  )
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.print-sheet').isVisible()).toBe(true)
  expect(await page.locator('nav:visible, button:visible').count()).toBe(0)
  expect(await page.locator('.print-sheet').innerText()).toContain(certificate!.holder_name)
  await page.emulateMedia({ media: null })

  const anybody = await visit(browser, site, 'phone', `/verify/${certificate!.code}`)
  await anybody.page.getByText('这份证明真实有效').waitFor()
  expect(await anybody.page.getByTestId('checked').innerText()).not.toContain(certificate!.holder_name)

  const dossier = await call<{ records: { id: string; corps_name: string; is_reversed: boolean }[] }>(
    site,
    'volunteer',
    'my_dossier',
    { p_community_id: community },
  )
  await call(site, 'secretary', 'reverse_service_record', {
    p_community_id: community,
    p_id: newId(),
    p_record_id: dossier.records.find((record) => !record.is_reversed)!.id,
    p_reason: '记错了人',
  })
  await anybody.page.reload()
  await anybody.page.getByText('其中一条记录已冲正，这份证明已失效').waitFor()
  await anybody.page.goto(`${site.url}/verify/00000000000000000000`)
  await anybody.page.getByText('没有查到这份证明，请核对验证码。').waitFor()

  await page.goto(`${site.url}/inbox`)
  await page.getByText(/证明 .* 已失效/).waitFor()
  await page.getByRole('link', { name: '消息设置' }).click()
  await page.getByRole('switch', { name: /时长和星级/ }).click()
  await expect
    .poll(async () => (await stored<{ muted: string[] }>(site, 'volunteer', 'notice_settings?select=muted'))[0]?.muted)
    .toEqual(['hours'])
  expect(await page.getByRole('switch', { name: /和您权利有关的/ }).isDisabled()).toBe(true)
  expect([...errors, ...anybody.errors]).toEqual([])
  await context.close()
  await anybody.context.close()
})
