import type { Cell } from './cells'
import { cellText, fieldText, tidy } from './cells'
import type { RosterField, RosterKind } from './fields'
import { CODES, FIELDS, LISTS, MAX_LENGTH, REQUIRED } from './fields'
import { HEADER_WORDS, ID_CARD_WORDS, LEFT_OUT_WORDS, SHEET_WORDS } from './words'

/** One table of a file: the line of its headers, and the rows below. */
export interface RosterSheet {
  name: string
  headers: string[]
  rows: Cell[][]
  /** The row numbers as the spreadsheet shows them, one for each of `rows`. */
  rowNumbers: number[]
}

/** For each column of the sheet the field it goes to, or null when it is left out. */
export type ColumnMapping = (RosterField | null)[]

export type RosterRow = Partial<Record<RosterField, string>>

/** Why a row was refused, or what to know about it; the words come from `roster.reasons.*`. */
export interface RowReason {
  field: RosterField | 'row'
  reason: string
  params: Record<string, unknown>
}

export const BATCH_SIZE = 500

function plain(text: string): string {
  return tidy(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\s*:_-]|\(.*?\)|（.*?）|【.*?】/g, '')
}

const same = (words: readonly string[], key: string) => words.some((word) => plain(word) === key)

/** Finds the line of headers in the first lines of a table: the one that most known words stand in. */
export function findHeaderLine(lines: readonly Cell[][]): number {
  let best = 0
  let most = 0
  for (const [index, line] of lines.slice(0, 15).entries()) {
    const known = line.filter((cell) => {
      const key = plain(cellText(cell))
      return key && (Object.values(HEADER_WORDS).some((words) => same(words, key)) || same(LEFT_OUT_WORDS, key))
    }).length
    if (known > most) {
      most = known
      best = index
    }
  }
  return best
}

/** The example line of our template, left in. */
const isExample = (line: readonly Cell[]) => /^(示例|Example)[:：]/i.test(tidy(cellText(line[0])))

/** A table as read → headers and non-empty rows; null when it has no row below its headers. */
export function toSheet(name: string, lines: readonly Cell[][]): RosterSheet | null {
  const at = findHeaderLine(lines)
  const width = Math.max(0, ...lines.slice(at).map((line) => line.length))
  const headers = Array.from({ length: width }, (_, i) => tidy(cellText(lines[at]?.[i])))
  const rows: Cell[][] = []
  const rowNumbers: number[] = []
  for (const [index, line] of lines.entries()) {
    if (index <= at || !line.some((cell) => tidy(cellText(cell)) !== '') || isExample(line)) continue
    rows.push(line)
    rowNumbers.push(index + 1)
  }
  return rows.length ? { name, headers, rows, rowNumbers } : null
}

/** The kind that a sheet's name, or else its headers, speak for; null when neither does. */
export function guessKind(sheet: Pick<RosterSheet, 'name' | 'headers'>): RosterKind | null {
  const name = plain(sheet.name)
  // 「志愿者」 before 「居民」: 「居民志愿者」 are volunteers.
  for (const kind of ['staff', 'party_members', 'volunteers', 'residents'] as const) {
    if (SHEET_WORDS[kind].some((word) => name.includes(plain(word)))) return kind
  }
  const has = (field: RosterField) => sheet.headers.some((header) => same(HEADER_WORDS[field], plain(header)))
  if (!has('name')) return null
  if (has('party_kind')) return 'party_members'
  if (has('business_line') || (has('title') && has('relay_phone'))) return 'staff'
  if (has('corps') || has('skills') || has('guardian_name')) return 'volunteers'
  return 'residents'
}

/** Guesses by the header's words, exact ones first, each field once. */
export function guessMapping(headers: readonly string[], kind: RosterKind): ColumnMapping {
  const mapping: ColumnMapping = headers.map(() => null)
  const taken = new Set<RosterField>()
  const take = (fits: (field: RosterField, key: string) => boolean) => {
    for (const field of FIELDS[kind]) {
      if (taken.has(field)) continue
      const at = headers.findIndex(
        (header, i) => mapping[i] === null && plain(header) !== '' && fits(field, plain(header)),
      )
      if (at < 0) continue
      mapping[at] = field
      taken.add(field)
    }
  }
  take((field, key) => same(HEADER_WORDS[field], key))
  take(
    (field, key) =>
      !same(LEFT_OUT_WORDS, key) &&
      !ID_CARD_WORDS.some((word) => key.includes(plain(word))) &&
      HEADER_WORDS[field].some((word) => plain(word).length > 1 && key.includes(plain(word))),
  )
  return mapping
}

/** Columns that hold ID-card numbers, by header or by content: they are never sent. */
export function idCardColumns(sheet: RosterSheet): number[] {
  return sheet.headers.flatMap((header, i) => {
    const named = ID_CARD_WORDS.some((word) => plain(header).includes(plain(word)))
    const found = sheet.rows.slice(0, 50).filter((row) => looksLikeIdCard(cellText(row[i]))).length
    return named || found > Math.min(50, sheet.rows.length) / 2 ? [i] : []
  })
}

/** The required fields that no column is mapped to. */
export function missingColumns(kind: RosterKind, mapping: ColumnMapping): RosterField[] {
  return REQUIRED[kind].filter((field) => !mapping.includes(field))
}

/** One line of the sheet as import_roster_rows takes it; empty cells are left out. */
export function toRow(cells: readonly Cell[], mapping: ColumnMapping): RosterRow {
  const row: RosterRow = {}
  for (const [i, field] of mapping.entries()) {
    if (!field) continue
    // A cell can hold 32,767 characters; more than the longest field and a little is refused all the same.
    const text = fieldText(field, cells[i]).slice(0, 1000)
    if (text) row[field] = text
  }
  return row
}

const ID_CARD = /(^|\D)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]($|[^\dXx])/

/** An 18-digit ID-card number by its form (GB 11643). */
export function looksLikeIdCard(text: string): boolean {
  return ID_CARD.test(text.normalize('NFKC').replaceAll(' ', ''))
}

const CONTROL = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const NOT_IN_NAMES = /[0-9<>@#$%^&*=+{}[\]|\\/~`"!?;:]|[\u{1F000}-\u{1FAFF}\u2600-\u27BF\uFE0F\u200D]/u

/** Whole years surely completed, as the database counts (private.age_on). */
function ageOn(year: number, month: number, today: string): number {
  const [y = 0, m = 0] = today.split('-').map(Number)
  return y - year - (month >= m ? 1 : 0)
}

/**
 * A hint before anything is sent: the refusals that can be seen without the database, by the same names.
 * The database decides.
 *
 * @param today `YYYY-MM-DD` in the community's zone
 */
export function checkRow(kind: RosterKind, row: RosterRow, today: string): RowReason[] {
  const found: RowReason[] = []
  const say = (field: RosterField, reason: string, params: Record<string, unknown> = {}) => {
    if (!found.some((r) => r.field === field)) found.push({ field, reason, params })
  }
  for (const [key, text] of Object.entries(row)) {
    const field = key as RosterField
    const max = kind === 'staff' && field === 'grid' ? 120 : MAX_LENGTH[field]
    if (looksLikeIdCard(text)) say(field, 'id_card_refused')
    else if ([...text].length > max) say(field, 'field_too_long', { max })
    else if (CONTROL.test(text)) say(field, 'field_has_control_characters')
    else if (
      CODES[field] &&
      !(LISTS.has(field) ? text.split('、') : [text]).every((code) => CODES[field]!.includes(code))
    ) {
      say(field, 'code_unknown')
    }
  }
  if (!row.name) say('name', 'field_required')
  else if (NOT_IN_NAMES.test(row.name)) say('name', 'name_invalid')
  const phone = row.phone
    ?.normalize('NFKC')
    .replace(/[\s\-()+]/g, '')
    .replace(/^86(?=1[3-9]\d{9}$)/, '')
  if (phone && !/^1[3-9]\d{9}$/.test(phone)) say('phone', 'phone_invalid')

  const age = checkBirth(kind, row, today, say)
  if ((row.door || row.entrance) && !row.building) say('building', 'building_missing')
  if (row.from && !/^(19[5-9]|20)\d{2,3}-\d{2}-\d{2}$/.test(row.from)) say('from', 'date_invalid')
  if (row.relay_phone && !/^[0-9+() -]{3,20}(转\d{1,6})?$/.test(row.relay_phone.normalize('NFKC')))
    say('relay_phone', 'relay_phone_invalid')
  else if (row.relay_phone && phone && row.relay_phone.replace(/\D/g, '') === phone)
    say('relay_phone', 'relay_phone_is_private')

  if (kind === 'volunteers' && age !== null) {
    if (age < 14) say('birth', 'under_fourteen')
    else if (age < 18 && !row.guardian_name) say('guardian_name', 'guardian_required')
    else if (age < 18 && !row.guardian_phone) say('guardian_phone', 'guardian_required')
  }
  if (kind === 'party_members' && !row.party_kind) say('party_kind', 'field_required')
  if (kind === 'staff') {
    if (!row.title) say('title', 'field_required')
    if (row.title === 'line_worker' && !row.business_line) say('business_line', 'line_required')
    if (!row.relay_phone) say('relay_phone', 'relay_phone_required')
  }
  return found
}

function checkBirth(
  kind: RosterKind,
  row: RosterRow,
  today: string,
  say: (field: RosterField, reason: string) => void,
): number | null {
  if (!row.birth) {
    if (kind !== 'staff') say('birth', 'birth_missing')
    else if (!row.phone) say('phone', 'identity_missing')
    return null
  }
  const [, y, m, d] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(row.birth) ?? []
  const month = Number(m)
  if (
    !y ||
    month < 1 ||
    month > 12 ||
    (d && (Number(d) < 1 || Number(d) > new Date(Date.UTC(Number(y), month, 0)).getUTCDate()))
  ) {
    say('birth', 'birth_invalid')
    return null
  }
  if (Number(y) < 1900) say('birth', 'birth_before_1900')
  else if (`${y}-${m}-${d ?? '01'}` > today) say('birth', 'birth_in_future')
  else return ageOn(Number(y), month, today)
  return null
}
