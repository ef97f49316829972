// @vitest-environment node
import writeExcelFile from 'write-excel-file/node'
import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { residentCsv, residentFile, residentXlsx } from '../../../tests/factories/roster'
import { templateSheets } from './export'
import { FIELDS, ROSTER_KINDS } from './fields'
import { decodeText, readTables } from './parse'
import { guessKind, guessMapping, toRow } from './rules'

const bytes = (...parts: (number[] | string)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)))
    .buffer
const buffer = (node: Buffer) => new Uint8Array(node).buffer
const faultOf = (input: ArrayBuffer, name = 'x.xlsx') =>
  readTables(input, name).then(
    () => 'read',
    (e: { fault: string }) => e.fault,
  )

/** 「姓名,出生年月\n王一,1965年3月\n」 as GB18030, and 𠮷 and 䶮, which take four bytes. */
const GB18030 = [
  0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xb3, 0xf6, 0xc9, 0xfa, 0xc4, 0xea, 0xd4, 0xc2, 0x0a, 0xcd, 0xf5, 0xd2, 0xbb, 0x2c,
  0x31, 0x39, 0x36, 0x35, 0xc4, 0xea, 0x33, 0xd4, 0xc2, 0x0a, 0x95, 0x34, 0xb2, 0x35, 0x2c, 0x31, 0x39, 0x37, 0x30,
  0x2d, 0x30, 0x31, 0x0a,
]

describe('a text file', () => {
  it.each([
    ['UTF-8', bytes('姓名,出生年月\n王一,1965年3月\n')],
    ['UTF-8 with its mark', bytes([0xef, 0xbb, 0xbf], '姓名,出生年月\r\n王一,1965年3月\r\n')],
    ['UTF-8 with tabs', bytes('姓名\t出生年月\n王一\t1965年3月\n')],
    ['GB18030', new Uint8Array(GB18030.slice(0, 29)).buffer],
  ])('in %s is read', async (_, input) => {
    const [sheet] = await readTables(input, '居民.csv')
    expect(sheet).toMatchObject({
      name: '居民',
      headers: ['姓名', '出生年月'],
      rows: [['王一', '1965年3月']],
      rowNumbers: [2],
    })
  })

  it('in GB18030 keeps the rare characters of four bytes', () => {
    expect([...decodeText(new Uint8Array(GB18030).buffer).split('\n')[2]!][0]).toBe('𠮷')
  })

  it('with quotes and line breaks in a cell is read', async () => {
    const [sheet] = await readTables(bytes('姓名,特长\n"王一","电工,\n""书法"""\n'), 'v.csv')
    expect(sheet!.rows).toEqual([['王一', '电工,\n"书法"']])
  })
})

describe('a workbook', () => {
  it('gives its cells as they are: dates, numbers, text', async () => {
    const file = residentFile({ rows: 60, bad: false })
    const [sheet] = await readTables(buffer(await residentXlsx(file)), '名册.xlsx')
    expect(sheet!.name).toBe('居民')
    expect(sheet!.rows).toHaveLength(60)
    const mapping = guessMapping(sheet!.headers, 'residents')
    const [fromCsv] = await readTables(bytes(residentCsv(file)), '居民.csv')
    for (const [i, row] of sheet!.rows.entries()) expect(toRow(row, mapping)).toEqual(toRow(fromCsv!.rows[i]!, mapping))
    expect(toRow(sheet!.rows[3]!, mapping)).toMatchObject({ birth: '1943-04-15' })
    expect(toRow(sheet!.rows[7]!, mapping).name).toBe('𠮷野文')
  })

  it('of our template is recognised sheet by sheet, and its example is not data', async () => {
    const json = (name: string) => JSON.parse(readFileSync(`src/locales/zh-CN/${name}.json`, 'utf8')) as unknown
    const messages: Record<string, unknown> = { roster: json('roster'), ui: json('ui') }
    const say = (key: string, params: Record<string, unknown> = {}) => {
      const text = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], messages)
      return String(text).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
    }
    const sheets = templateSheets(ROSTER_KINDS, say)
    expect(sheets).toHaveLength(5)
    for (const sheet of sheets.slice(0, 4)) sheet.data.push([{ value: '王一', type: String, format: '@' }])
    const read = await readTables(buffer(await writeExcelFile(sheets as never).toBuffer()), '模板.xlsx')
    expect(read.slice(0, 4).map((sheet) => [guessKind(sheet), sheet.rowNumbers])).toEqual(
      ROSTER_KINDS.map((kind) => [kind, [4]]),
    )
    expect(read.slice(0, 4).map((sheet, i) => guessMapping(sheet.headers, ROSTER_KINDS[i]!))).toEqual(
      ROSTER_KINDS.map((kind) => FIELDS[kind]),
    )
    expect(guessKind(read[4]!)).toBeNull()
  })
})

describe('what cannot be read is refused with what to do', () => {
  const cfb = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
  it.each([
    ['an old .xls', bytes(cfb, 'Workbook'), 'xls'],
    [
      'a locked .xlsx',
      bytes(
        cfb,
        [...'EncryptedPackage'].flatMap((c) => [c.charCodeAt(0), 0]),
      ),
      'locked',
    ],
    ['a web page named .xls', bytes('<html><table></table></html>'), 'html'],
    ['a broken archive', bytes('PK\u0003\u0004rubbish'), 'unreadable'],
    ['an image', bytes([0x89, 0x50, 0x4e, 0x47, ...Array.from({ length: 40 }, () => 0)]), 'unreadable'],
    ['nothing', bytes(''), 'empty'],
    ['headers only', bytes('姓名,电话\n'), 'empty'],
  ])('%s', async (_, input, fault) => {
    expect(await faultOf(input)).toBe(fault)
  })
})
