import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import readExcelFile from 'read-excel-file/node'
import { encode } from 'uqr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser'
import { call, membershipOf, openSite, signIn, type Site, visit } from './journey'

// What of a wish is not text: the photo of what was brought, the voice that thanks, the picture that is passed on, the
// Excel file of the desk; and that all of it is gone from open screens once the consent is withdrawn.

let site: Site
let browser: Browser
let community: string
let claimId: string
let wishId: string

const TITLE = '一只保温水壶'
const PRIVATE = /候秀英|候\*英|1440000|幸福里|一个人住/
/** The machine may be busy. */
const PATIENT = { timeout: 10_000 }
const uuid = () => crypto.randomUUID()
const act = <Answer = { claim_id: string }>(who: string, command: string, args: Record<string, unknown>) =>
  call<Answer>(site, who, command, { p_community_id: community, p_id: uuid(), ...args })

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(), launchBrowser()])
  const resident = await membershipOf(site, 'resident')
  community = resident.community_id
  wishId = uuid()
  await act('resident', 'submit_wish', {
    p_wish_id: wishId,
    p_wish: {
      person_id: resident.person_id,
      kind: 'goods',
      wish_for: 'empty_nest',
      title: TITLE,
      body: '夜里想喝口热的',
      price_yuan: 60,
      facts: '一个人住',
      address: '幸福里 9 号楼',
      phone: '14400001234',
      meeting: 'community',
      consent_via: 'self',
    },
  })
  await act('secretary', 'review_wish', { p_wish_id: wishId, p_public: { title: TITLE, body: '夜里想喝口热的' } })
  ;({ claim_id: claimId } = await act('volunteer', 'claim_wish', { p_wish_id: wishId }))
  await act('secretary', 'judge_claim', { p_claim_id: claimId, p_approve: true, p_text: '周六上午，社区大厅' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** Every text that is written on a canvas from now on. */
async function listenToCanvas(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const drawn: string[] = ((window as unknown as { drawn: string[] }).drawn = [])
    const write = CanvasRenderingContext2D.prototype.fillText
    CanvasRenderingContext2D.prototype.fillText = function (...args) {
      drawn.push(args[0])
      return write.apply(this, args)
    }
  })
}

test('the picture that is passed on shows the public words and the code, and nothing private', async () => {
  const visitor = await visit(browser, site)
  await listenToCanvas(visitor.page)
  await visitor.page.goto(`${site.url}/wishes/${wishId}`)
  const [download] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.getByRole('button', { name: '转给朋友' }).click(),
  ])
  const png = await readFile((await download.path())!)
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1080, 1440])

  const drawn = await visitor.page.evaluate(() => (window as unknown as { drawn: string[] }).drawn.join('\n'))
  expect(drawn).toContain(TITLE)
  expect(drawn).toContain('扫码认领这个心愿')
  expect(drawn).not.toMatch(PRIVATE)

  // The code is read back from the pixels, module by module; the words are dark on light.
  const code = encode(`${site.url}/wishes/${wishId}`, { ecc: 'M', border: 2 })
  const seen = await visitor.page.evaluate(
    async ({ base64, size }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(image.width, image.height)
      const pen = canvas.getContext('2d')!
      pen.drawImage(image, 0, 0)
      const isDark = (x: number, y: number) => pen.getImageData(x, y, 1, 1).data[0]! < 128
      const cell = 340 / size
      const modules = Array.from({ length: size }, (_, y) =>
        Array.from({ length: size }, (_, x) =>
          isDark(Math.floor(96 + (x + 0.5) * cell), Math.floor(950 + (y + 0.5) * cell)),
        ),
      )
      const words = pen.getImageData(96, 110, 888, 300).data
      let ink = 0
      for (let i = 0; i < words.length; i += 4) if (words[i]! < 128) ink += 1
      return { modules, ink }
    },
    { base64: png.toString('base64'), size: code.size },
  )
  expect(seen.modules).toEqual(code.data)
  expect(seen.ink).toBeGreaterThan(2000)
  await visitor.context.close()
})

test('a photo of what was brought leaves its place behind, and a voice says thanks', async () => {
  const donor = await signIn(browser, site, 'volunteer')
  await donor.page.goto(`${site.url}/wishes/${wishId}`)
  await donor.page.getByRole('button', { name: '我送到了' }).click()
  const sheet = donor.page.getByRole('dialog')
  await sheet.getByText('请不要拍到人脸', { exact: false }).waitFor()
  await sheet
    .locator('input[type=file]')
    .setInputFiles({ name: 'kettle.jpg', mimeType: 'image/jpeg', buffer: await jpegWithPlace(donor.page) })
  await sheet.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await sheet.getByRole('button', { name: '确认送到' }).click()
  await donor.page.getByText('已送到，等对方确认').waitFor()

  type Desk = { claims: { claim_id: string; files: { id: string }[] }[] }
  const desk = await call<Desk>(site, 'secretary', 'wish_desk', { p_community_id: community })
  const photo = desk.claims.find((claim) => claim.claim_id === claimId)!.files[0]!
  const kept = await call<{ mime: string; data: string }>(site, 'secretary', 'read_attachment', {
    p_community_id: community,
    p_attachment_id: photo.id,
  })
  const bytes = Buffer.from(kept.data, 'base64')
  expect(kept.mime).toMatch(/^image\/(webp|jpeg)$/)
  expect(bytes.length).toBeGreaterThan(1000)
  expect(bytes.includes('Exif') || bytes.includes('GPS 39.9N')).toBe(false)

  // The receiver: it came, and thanks in their own voice.
  const receiver = await signIn(browser, site, 'resident')
  await receiver.page.goto(`${site.url}/wishes/mine`)
  const card = receiver.page.getByRole('listitem').filter({ hasText: TITLE })
  await card.getByRole('button', { name: '收到了' }).click()
  await card.getByRole('button', { name: '说声谢谢' }).click()
  const thanks = receiver.page.getByRole('dialog')
  await thanks.getByRole('button', { name: '录一段话' }).click()
  await thanks.getByRole('button', { name: /录好了（[12]\/60 秒）/ }).click()
  await thanks.getByLabel(/用文字写一句/).fill('水壶很好用，谢谢')
  await thanks.getByRole('button', { name: '用这一段' }).click()
  await thanks.getByText('录音已附上').waitFor()
  await thanks.getByRole('button', { name: '送出' }).click()
  await receiver.page.getByText('感谢已送出', { exact: false }).first().waitFor()

  // The donor hears nothing before somebody of the office did.
  await donor.page.reload()
  await donor.page.getByText(TITLE).first().waitFor()
  expect(await donor.page.getByRole('button', { name: /听录音/ }).count()).toBe(0)

  const office = await signIn(browser, site, 'secretary', 'desktop')
  await office.page.goto(`${site.url}/office/wishes`)
  const item = office.page.getByRole('listitem').filter({ hasText: '水壶很好用' })
  await item.getByRole('button', { name: /听录音/ }).click()
  await plays(office.page)
  await item.getByRole('button', { name: '转给对方' }).click()
  await expect.poll(() => office.page.getByText('水壶很好用').count(), PATIENT).toBe(0)

  await donor.page.reload()
  await donor.page.getByRole('button', { name: /听录音/ }).click()
  await plays(donor.page)
  await donor.page.getByText('水壶很好用，谢谢').waitFor()

  // The desk as a file: Chinese headings, one row a wish, masked.
  const [download] = await Promise.all([
    office.page.waitForEvent('download'),
    office.page.getByRole('button', { name: '导出 Excel' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^微心愿-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const [file] = await readExcelFile((await download.path())!)
  const [headings, ...rows] = file!.data
  expect(headings).toEqual(['心愿', '编号', '种类', '对象', '姓名', '参考价', '进展', '收集', '实现', '没送成'])
  const row = rows.find(([title]) => title === TITLE)!
  expect(row.slice(2, 4)).toEqual(['物品', '空巢老人'])
  expect(row.slice(5, 7)).toEqual([60, '道谢了'])
  expect(String(row[4])).toMatch(/^.\*/)
  expect(JSON.stringify(rows)).not.toMatch(/1440000|幸福里/)

  expect([...donor.errors, ...receiver.errors, ...office.errors]).toEqual([])
  for (const { context } of [donor, receiver, office]) await context.close()
})

test('what is withdrawn leaves every open screen and every store of other browsers', async () => {
  const second = uuid()
  const { person_id: person } = await membershipOf(site, 'resident')
  const title = '一盏床头小灯'
  const wish = { kind: 'goods', wish_for: 'empty_nest', title, price_yuan: 40, consent_via: 'self', person_id: person }
  await act('resident', 'submit_wish', { p_wish_id: second, p_wish: wish })
  await act('secretary', 'review_wish', { p_wish_id: second, p_public: { title } })

  const paths = ['/wishes', `/wishes/${second}`, `/wishes/poster/${second}`]
  const open = await Promise.all(paths.map((path) => visit(browser, site, 'phone', path)))
  for (const { page } of open) await page.getByText(title).first().waitFor()
  const donor = await signIn(browser, site, 'volunteer')
  await donor.page.goto(`${site.url}/wishes/${second}`)
  await donor.page.getByRole('button', { name: '我来实现' }).click()
  await donor.page.getByRole('button', { name: '确认认领' }).click()
  await donor.page.getByText('已认领，等社区答复').waitFor()

  await act('resident', 'withdraw_wish', { p_wish_id: second })
  for (const { page } of [...open, donor]) {
    // Looks again as soon as somebody comes back to the page, else within 15 seconds.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect.poll(() => page.getByText(title).count(), PATIENT).toBe(0)
    expect(await page.evaluate(everythingStored)).not.toContain(title)
    await page.reload()
    await page.locator('h1').first().waitFor()
    expect(await page.getByText(title).count()).toBe(0)
  }
  for (const { context } of [...open, donor]) await context.close()
})

/** The audio on the page is a sound the browser can read. */
async function plays(page: Page): Promise<void> {
  await expect
    .poll(
      () => page.evaluate(() => [...document.querySelectorAll('audio')].some((audio) => audio.readyState >= 2)),
      PATIENT,
    )
    .toBe(true)
}

/** A photo as a phone takes it: with the place in its EXIF part. */
async function jpegWithPlace(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 800
    canvas.height = 600
    const pen = canvas.getContext('2d')!
    for (let n = 0; n < 200; n += 1) {
      pen.fillStyle = `hsl(${n * 7} 60% 50%)`
      pen.fillRect((n * 53) % 800, (n * 31) % 600, 90, 70)
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
  })
  const jpeg = Buffer.from(base64, 'base64')
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08GPS 39.9N 116.4E', 'latin1')
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(exif.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

/** All that a browser keeps for this site, as text: caches, IndexedDB, localStorage. Runs in the page. */
async function everythingStored(): Promise<string> {
  const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) {
      if (!/\.(js|css|woff2|svg|png)(\?|$)/.test(request.url))
        parts.push(await (await (await caches.open(name)).match(request))!.text())
      parts.push(request.url)
    }
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((done, failed) => {
      const asked = indexedDB.open(name!)
      asked.addEventListener('success', () => done(asked.result))
      asked.addEventListener('error', () => failed(asked.error!))
    })
    for (const store of db.objectStoreNames)
      parts.push(
        await new Promise<string>((done, failed) => {
          const asked = db.transaction(store).objectStore(store).getAll()
          asked.addEventListener('success', () => done(JSON.stringify(asked.result)))
          asked.addEventListener('error', () => failed(asked.error!))
        }),
      )
    db.close()
  }
  return parts.join('\n')
}
