import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as playwright } from 'playwright-core'
import { encode } from 'uqr'

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1280, height: 800 }

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A headless Chromium: PLAYWRIGHT_CHROMIUM_PATH, or the one that npm brought on Linux x64, or an installed one.
 * Nothing is downloaded. `camera` is a .y4m file its camera shows (see qrCamera).
 */
export async function launchBrowser({ camera }: { camera?: string } = {}): Promise<Browser> {
  const args = camera ? [...FLAGS, `--use-file-for-fake-video-capture=${camera}`] : FLAGS
  return playwright.launch({ executablePath: await chromiumPath(), args, headless: true })
}

/** Writes a .y4m film in which a camera sees a QR code, still. */
export async function qrCamera(file: string, text: string): Promise<string> {
  const [width, height] = [640, 480]
  const code = encode(text, { ecc: 'M', border: 4 })
  const cell = Math.floor(height / code.size)
  const luma = Buffer.alloc(width * height, 235)
  code.data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return
      for (let line = y * cell; line < (y + 1) * cell; line += 1)
        luma.fill(16, line * width + 80 + x * cell, line * width + 80 + (x + 1) * cell)
    }),
  )
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
  await writeFile(
    file,
    Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`), frame, frame]),
  )
  return file
}

async function chromiumPath(): Promise<string> {
  const named = process.env['PLAYWRIGHT_CHROMIUM_PATH']
  if (named) return named
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium')
    return chromium.executablePath()
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return installed
  throw new Error('No Chromium was found: install Chrome or Chromium, or name one in PLAYWRIGHT_CHROMIUM_PATH.')
}

/** A fresh profile on a phone (390×844, touch), in Chinese and in the community's time zone. */
export function phone(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    ...COMMON,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    ...options,
  })
}

/** A fresh profile on an office screen (1280×800). */
export function desktop(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ ...COMMON, viewport: DESKTOP, ...options })
}

const COMMON: BrowserContextOptions = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  reducedMotion: 'reduce',
  acceptDownloads: true,
}
