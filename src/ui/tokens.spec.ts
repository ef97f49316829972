import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/ui/tokens.css', 'utf8')

function block(selector: string): Record<string, string> {
  const tokens: Record<string, string> = {}
  const start = `${selector} {`
  for (let at = css.indexOf(start); at !== -1; at = css.indexOf(start, at + 1)) {
    if (at > 0 && css[at - 1] !== '\n') continue
    const body = css.slice(at, css.indexOf('}', at))
    for (const [, name, value] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) tokens[name!] = value!
  }
  return tokens
}

const light = block(':root')
const dark = { ...light, ...block(":root[data-theme='dark']") }
const themes = {
  light,
  dark,
  'elder light': { ...light, ...block(":root[data-mode='elder']") },
  'elder dark': { ...dark, ...block(":root[data-theme='dark'][data-mode='elder']") },
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (hi + 0.05) / (lo + 0.05)
}

const hues = ['red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple']
const grounds = ['ground', 'surface', 'sunken']
const textPairs: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3', 'brand-ink', 'danger-ink'].flatMap((ink) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  ),
  ...['ink', 'ink-2', 'brand-ink'].map((ink): [string, string] => [ink, 'brand-soft']),
  ['on-brand', 'brand'],
  ['on-brand', 'brand-hover'],
  ['on-danger', 'danger'],
  ['on-danger', 'danger-hover'],
  ...['danger', 'success', 'warning', 'info'].flatMap((tone): [string, string][] => [
    [`${tone}-ink`, `${tone}-soft`],
    [`${tone}-ink`, 'surface'],
    ['ink', `${tone}-soft`],
  ]),
  ...hues.flatMap((hue): [string, string][] => [
    [`${hue}-on`, `${hue}-fill`],
    [`${hue}-ink`, `${hue}-soft`],
    [`${hue}-ink`, 'surface'],
    [`${hue}-ink`, 'ground'],
    ['ink', `${hue}-soft`],
  ]),
]

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  it.each(textPairs)('%s is readable on %s', (ink, ground) => {
    expect(contrast(tokens[ink]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(grounds)('borders of fields and focus rings show on %s', (ground) => {
    expect(contrast(tokens['line-strong']!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
    expect(contrast(tokens['focus']!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

it('writes dark text on yellow and green', () => {
  for (const tokens of [light, dark]) {
    expect(luminance(tokens['yellow-on']!)).toBeLessThan(0.1)
    expect(luminance(tokens['green-on']!)).toBeLessThan(0.1)
  }
})
