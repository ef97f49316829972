import { CORPS_COLORS, type CorpsColor } from '@/lib/corps'
import { encode } from 'uqr'

/** What stands on a picture to be passed on: public words only, nothing about a person. */
export interface ShareCard {
  /** Small line above, e.g. the community and 「微心愿」. */
  eyebrow: string
  title: string
  lines: readonly string[]
  /** Numbers that matter, two a row. */
  figures?: readonly { value: string; label: string }[]
  /** A band of corps colours, each as wide as its share. */
  band?: readonly { color: CorpsColor; share: number }[]
  /** The link behind the QR code. */
  url: string
  /** Beside the code: what scanning it does. */
  call: string
  footer?: string
}

const WIDTH = 1080
const HEIGHT = 1440
const MARGIN = 96
const FONT = 'system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
const RIBBON = ['#d0402b', '#e07b1f', '#e8b71a', '#3f9b57', '#2aa5a5', '#3b76c4', '#8a5bb5']

/**
 * Draws a card of 1080 × 1440 px with its QR code, to be saved or sent on. Drawn on this device
 * from what is passed in, and from nothing else.
 *
 * @example const blob = await drawShareCard({ eyebrow, title, lines, url, call })
 */
export async function drawShareCard(card: ShareCard): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#fbf8f2'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  RIBBON.forEach((color, index) => {
    pen.fillStyle = color
    pen.fillRect((index * WIDTH) / RIBBON.length, 0, WIDTH / RIBBON.length + 1, 16)
  })
  pen.textBaseline = 'top'
  let y = 120
  y = write(pen, card.eyebrow, { y, size: 40, color: '#8a3a23', weight: 600, rows: 1 }) + 36
  y = write(pen, card.title, { y, size: 84, color: '#26211c', weight: 700, rows: 3 }) + 44
  if (card.figures?.length) y = drawFigures(pen, card.figures, y) + 20
  if (card.band?.length) y = drawBand(pen, card.band, y) + 44
  for (const line of card.lines) y = write(pen, line, { y, size: 44, color: '#4d463f', weight: 400, rows: 4 }) + 20

  const box = 340
  const top = HEIGHT - box - 150
  pen.fillStyle = '#ffffff'
  pen.fillRect(MARGIN, top, box, box)
  drawCode(pen, card.url, MARGIN, top, box)
  write(pen, card.call, { x: MARGIN + box + 48, y: top + 90, size: 48, color: '#26211c', weight: 600, rows: 3 })
  if (card.footer) write(pen, card.footer, { y: HEIGHT - 96, size: 32, color: '#6b635a', weight: 400, rows: 1 })
  return await new Promise<Blob>((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'),
  )
}

function drawFigures(pen: CanvasRenderingContext2D, figures: NonNullable<ShareCard['figures']>, top: number): number {
  const step = (WIDTH - 2 * MARGIN) / 2
  figures.forEach(({ value, label }, index) => {
    const x = MARGIN + (index % 2) * step
    const y = top + Math.floor(index / 2) * 150
    write(pen, value, { x, y, size: 68, color: '#b03319', weight: 700, rows: 1 })
    write(pen, label, { x, y: y + 86, size: 34, color: '#5a5147', weight: 400, rows: 1 })
  })
  return top + Math.ceil(figures.length / 2) * 150
}

function drawBand(pen: CanvasRenderingContext2D, band: NonNullable<ShareCard['band']>, top: number): number {
  const whole = band.reduce((sum, part) => sum + part.share, 0)
  let x = MARGIN
  for (const { color, share } of band) {
    const width = ((WIDTH - 2 * MARGIN) * share) / whole
    pen.fillStyle = RIBBON[CORPS_COLORS.indexOf(color)]!
    pen.fillRect(x, top, width + 1, 28)
    x += width
  }
  return top + 28
}

interface Pen {
  x?: number
  y: number
  size: number
  color: string
  weight: number
  rows: number
}

/** Writes a text in at most so many rows and says where the next may begin. */
function write(pen: CanvasRenderingContext2D, text: string, { x = MARGIN, y, size, color, weight, rows }: Pen): number {
  pen.font = `${weight} ${size}px ${FONT}`
  pen.fillStyle = color
  const lines = wrapText(text, WIDTH - MARGIN - x, rows, (part) => pen.measureText(part).width)
  lines.forEach((line, index) => pen.fillText(line, x, y + index * size * 1.4))
  return y + lines.length * size * 1.4
}

/** Breaks between characters (Chinese has no spaces), between words where there are some; the last row ends in 「…」 if cut. */
export function wrapText(text: string, width: number, rows: number, measure: (part: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of text.match(/[\u0021-\u024f]+\s?|\s|[^]/gu) ?? []) {
    if (line !== '' && measure((line + part).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = part.trimStart()
    } else {
      line += part
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= rows) return lines
  let last = lines[rows - 1]!
  while (last !== '' && measure(`${last}…`) > width) last = last.slice(0, -1)
  return [...lines.slice(0, rows - 1), `${last}…`]
}

function drawCode(pen: CanvasRenderingContext2D, url: string, left: number, top: number, box: number) {
  const code = encode(url, { ecc: 'M', border: 2 })
  const cell = box / code.size
  pen.fillStyle = '#000000'
  code.data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(left + x * cell, top + y * cell, cell + 0.5, cell + 0.5)
    }),
  )
}

/** Hands a picture to the phone's share sheet, or saves it where there is none. True when it was shared. */
export async function shareOrSave(blob: Blob, fileName: string, title: string): Promise<boolean> {
  const file = new File([blob], `${fileName}.png`, { type: 'image/png' })
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title })
      return true
    } catch (error) {
      if ((error as Error).name === 'AbortError') return false
    }
  }
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  return false
}
