import type { RosterField } from './fields'
import { CODES, LISTS } from './fields'
import { CODE_WORDS } from './words'

/** What a spreadsheet reader gives for a cell. */
export type Cell = string | number | boolean | Date | null | undefined

const pad = (n: number) => String(n).padStart(2, '0')

/** A cell as text: a date as YYYY-MM-DD, a number without exponent, `null` as ''. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return ''
    return `${cell.getUTCFullYear()}-${pad(cell.getUTCMonth() + 1)}-${pad(cell.getUTCDate())}`
  }
  if (typeof cell === 'number') {
    return Number.isInteger(cell) ? cell.toLocaleString('en-US', { useGrouping: false }) : String(cell)
  }
  // A NUL cannot be stored at all; as another control character the row is refused by name. Half a
  // surrogate pair cannot be sent.
  return toWellFormed(String(cell).replaceAll('\0', '\u0001'))
}

function toWellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}

/** Trimmed, also of full-width and zero-width spaces and the marks copied from chat programs. */
export function tidy(text: string): string {
  return text.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\uFEFF]/g, '').trim()
}

/** Days since 1899-12-30, as spreadsheets count, for the years a person can be born or start in. */
const SERIAL = /^\d{4,5}(\.\d+)?$/

function serialDay(text: string): string | null {
  const days = Math.floor(Number(text))
  // 1900-01-01 to 2099; a bare year such as 1965 is not a serial.
  if (days < 3000 || days > 73050) return null
  return cellText(new Date(Date.UTC(1899, 11, 30) + days * 86_400_000))
}

/**
 * A date in any common spelling → `YYYY-MM` or `YYYY-MM-DD`; what is not understood comes back as it was.
 *
 * @example dayText('１９６５年３月') // '1965-03'
 */
export function dayText(text: string): string {
  const plain = tidy(text.normalize('NFKC'))
  const parts =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})\s*日?)?)?(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(
      plain,
    ) ?? /^(\d{4})(0[1-9]|1[0-2])(\d{2})?$/.exec(plain)
  if (parts) {
    const [, y = '', m = '', d] = parts
    return d ? `${y}-${pad(Number(m))}-${pad(Number(d))}` : `${y}-${pad(Number(m))}`
  }
  return (SERIAL.test(plain) && serialDay(plain)) || text
}

function birthText(cell: Cell): string {
  // Somebody typed 1965.10 and the spreadsheet kept the number 1965.1: January or October, nobody can tell.
  if (typeof cell === 'number' && /^\d{4}\.1$/.test(String(cell))) return `${cell}?`
  return dayText(cellText(cell))
}

const CODE_BY_WORD = new Map<RosterField, Map<string, string>>()

function codeByWord(field: RosterField): Map<string, string> {
  let known = CODE_BY_WORD.get(field)
  if (!known) {
    known = new Map()
    for (const code of CODES[field] ?? []) {
      known.set(code, code)
      for (const word of CODE_WORDS[field]?.[code] ?? []) known.set(word, code)
    }
    CODE_BY_WORD.set(field, known)
  }
  return known
}

function codeText(field: RosterField, text: string): string {
  const known = codeByWord(field)
  const one = (word: string) =>
    known.get(word) ??
    known.get(
      word
        .normalize('NFKC')
        .replace(/\s|(志愿)?(服务)?队$|志愿$/g, '')
        .toLowerCase(),
    ) ??
    word
  if (!LISTS.has(field)) return one(text)
  return text
    .split(/[、,，;；/|\n]/)
    .map(tidy)
    .filter(Boolean)
    .map(one)
    .join('、')
}

/** A cell as the database takes it for a field: dates in one form, labels as codes, the rest tidied. */
export function fieldText(field: RosterField, cell: Cell): string {
  if (field === 'birth') return tidy(birthText(cell))
  const text = tidy(cellText(cell))
  if (!text) return ''
  if (field === 'from') return dayText(text)
  if (CODES[field]) return codeText(field, text)
  if (field === 'phone' || field === 'guardian_phone') return text.normalize('NFKC').replace(/\.0$/, '')
  if (field === 'building' || field === 'entrance' || field === 'door') return text.normalize('NFKC')
  return text
}
