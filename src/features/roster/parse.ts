import type { Cell } from './cells'
import type { RosterSheet } from './rules'
import { toSheet } from './rules'

/** Why a file cannot be read; the words come from `roster.file.<code>`. */
export type FileFault = 'xls' | 'locked' | 'html' | 'unreadable' | 'empty' | 'too_big' | 'too_many_rows'

export class FileRefusal extends Error {
  constructor(readonly fault: FileFault) {
    super(fault)
    this.name = 'FileRefusal'
  }
}

export const MAX_FILE_BYTES = 30 * 1024 * 1024
const MAX_LINES = 50_000

/** The tables of a file by its content, whatever it is called. Throws FileRefusal. */
export async function readTables(bytes: ArrayBuffer, fileName: string): Promise<RosterSheet[]> {
  if (bytes.byteLength > MAX_FILE_BYTES) throw new FileRefusal('too_big')
  if (bytes.byteLength === 0) throw new FileRefusal('empty')
  const head = new Uint8Array(bytes, 0, Math.min(8, bytes.byteLength))
  const tables = startsWith(head, 0x50, 0x4b)
    ? await readXlsx(bytes)
    : startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)
      ? refuseOldFormat(bytes)
      : [{ name: fileName.replace(/\.[^.]*$/, ''), lines: await readCsv(bytes) }]
  const sheets = tables.map(({ name, lines }) => toSheet(name, lines)).filter((sheet) => sheet !== null)
  if (!sheets.length) throw new FileRefusal('empty')
  if (sheets.some((sheet) => sheet.rows.length > MAX_LINES)) throw new FileRefusal('too_many_rows')
  return sheets
}

interface Table {
  name: string
  lines: Cell[][]
}

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte)
}

async function readXlsx(bytes: ArrayBuffer): Promise<Table[]> {
  const { default: readXlsxFile } = await import('read-excel-file/universal')
  try {
    const sheets = await readXlsxFile(bytes, { trim: false })
    return sheets.map(({ sheet, data }) => ({ name: sheet, lines: data as Cell[][] }))
  } catch (error) {
    throw error instanceof FileRefusal ? error : new FileRefusal('unreadable')
  }
}

/** The container of .xls, and of an .xlsx that is locked by a password. */
function refuseOldFormat(bytes: ArrayBuffer): never {
  const utf16 = new TextDecoder('utf-16le').decode(bytes.slice(0, Math.min(bytes.byteLength, 2 ** 20) & ~1))
  throw new FileRefusal(utf16.includes('EncryptedPackage') ? 'locked' : 'xls')
}

/** UTF-8 (with or without mark), UTF-16 with its mark, else GB18030, which spreadsheets in China write. */
export function decodeText(bytes: ArrayBuffer): string {
  const head = new Uint8Array(bytes, 0, Math.min(3, bytes.byteLength))
  if (startsWith(head, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(head, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

async function readCsv(bytes: ArrayBuffer): Promise<Cell[][]> {
  const text = decodeText(bytes)
  if (/^\s*<(!doctype|html|table|\?xml)/i.test(text)) throw new FileRefusal('html')
  // A binary file read as text is full of NULs.
  if ((text.slice(0, 2000).match(/\0/g) ?? []).length > 10) throw new FileRefusal('unreadable')
  const { default: papa } = await import('papaparse')
  const { data } = papa.parse<string[]>(text, { delimiter: delimiterOf(text) })
  return data
}

/** The mark that stands most often in the first lines, outside of quotes. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 5000).replace(/"[^"]*"/g, '')
  const count = (mark: string) => sample.split(mark).length
  return [',', '\t', ';', '，', '|'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
