import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const chinese = messagesOf('zh-CN')
const english = messagesOf('en')
const sources = filesUnder('src', /\.(ts|vue)$/).filter((file) => !/\.(spec|test|d)\.ts$|database\.types/.test(file))
const namespaces = [...new Set([...chinese.keys()].map((key) => key.split('.')[0]!))]
const written = literalsIn(sources.map((file) => withoutComments(readFileSync(file, 'utf8'))).join('\n'))
const slugs = slugsInSql()

describe('the locales', () => {
  test('zh-CN and en have the same keys', () => {
    expect(without(chinese, english), 'missing in en').toEqual([])
    expect(without(english, chinese), 'missing in zh-CN').toEqual([])
  })

  test('both say the same parameters, and no text is empty', () => {
    for (const [key, text] of chinese) {
      expect([key, parametersOf(english.get(key) ?? '')]).toEqual([key, parametersOf(text)])
      expect([key, text.trim() !== '' && english.get(key)?.trim() !== '']).toEqual([key, true])
    }
  })

  test('every key that the source names exists', () => {
    const named = [...written.exact].filter((text) => namespaces.some((name) => text.startsWith(`${name}.`)))
    expect(named.filter((text) => /^[a-z]\w*(\.\w+)+$/.test(text) && !exists(text))).toEqual([])
    const unmatched = written.patterns.filter(
      ({ source, regex }) =>
        namespaces.some((name) => source.startsWith(`${name}.`)) && ![...chinese.keys()].some((key) => regex.test(key)),
    )
    expect(unmatched.map(({ source }) => source)).toEqual([])
  })

  test('every key is used', () => {
    const unused = [...chinese.keys()].filter(
      (key) =>
        !key.startsWith('errors.') && !written.exact.has(key) && !written.patterns.some(({ regex }) => regex.test(key)),
    )
    expect(unused).toEqual([])
  })

  test('the slugs of the database and the keys of errors are the same set', () => {
    const keys = new Set([...chinese.keys()].filter((key) => key.startsWith('errors.')).map((key) => key.slice(7)))
    expect([...slugs].filter((slug) => !keys.has(slug)).toSorted(), 'slugs without a text').toEqual([])
    const nobodys = [...keys].filter(
      (key) => !slugs.has(key) && !written.exact.has(key) && !written.exact.has(`errors.${key}`),
    )
    expect(nobodys, 'texts without a slug').toEqual([])
  })
})

type Messages = Map<string, string>

function messagesOf(locale: string): Messages {
  const messages: Messages = new Map()
  const add = (path: string, value: unknown) => {
    if (typeof value === 'string') messages.set(path, value)
    else for (const [key, inner] of Object.entries(value as object)) add(`${path}.${key}`, inner)
  }
  for (const file of filesUnder(`src/locales/${locale}`, /\.json$/)) {
    add(basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8')))
  }
  return messages
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '')
}

/** A key, or the branch a key grows on. */
function exists(text: string): boolean {
  return chinese.has(text) || [...chinese.keys()].some((key) => key.startsWith(`${text}.`))
}

function without(a: Messages, b: Messages): string[] {
  return [...a.keys()].filter((key) => !b.has(key))
}

function parametersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].toSorted()
}

/** The string literals of the source, and its templates such as `shifts.role.${name}` as patterns. */
function literalsIn(source: string): { exact: Set<string>; patterns: { source: string; regex: RegExp }[] } {
  // Double quotes hold the expressions of templates; only keypath="…" names a key in them.
  const exact = new Set([
    ...[...source.matchAll(/(['`])([a-z][\w.-]*)\1/g)].map(([, , text]) => text!),
    ...[...source.matchAll(/\bkeypath="([\w.]+)"/g)].map(([, text]) => text!),
  ])
  const templates = new Set(
    [...source.matchAll(/`([a-z]\w*\.(?:[\w.]|\$\{[^`{}]*(?:\{[^{}]*\}[^`{}]*)*\})*)`/g)].map(([, text]) => text!),
  )
  const patterns = [...templates]
    .filter((text) => text.includes('${'))
    .map((text) => {
      const parts = text.split(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/).map((part) => part.replaceAll('.', '\\.'))
      return { source: text, regex: new RegExp(`^${parts.join('[\\w.-]+')}$`) }
    })
  return { exact, patterns }
}

function slugsInSql(): Set<string> {
  const sql = filesUnder('supabase/migrations', /\.sql$/)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const raised = [...sql.matchAll(/private\.fail\(\s*\d{3}\s*,\s*'(\w+)'/g)]
  const reasons = [...sql.matchAll(/private\.reason\('(\w+)'/g)]
  const messages = [...sql.matchAll(/\bmessage\s*=\s*'(\w+)'/g)]
  // Predicates that answer with the slug their caller raises.
  const answered = [
    ...sql.matchAll(/create (?:or replace )?function private\.why_not[\s\S]*?\$\$([\s\S]*?)\$\$/g),
  ].flatMap(([, body]) => [...body!.matchAll(/(?:return|then|:=)\s+'(\w+)'/g)])
  return new Set([...raised, ...reasons, ...messages, ...answered].map(([, slug]) => slug!))
}

function filesUnder(dir: string, pattern: RegExp): string[] {
  return readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => join(ROOT, dir, file))
}
