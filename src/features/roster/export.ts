import type { ExcelColumn } from '@/lib/excel'
import { exportTable, safeText } from '@/lib/excel'
import type { Cell } from './cells'
import { cellText } from './cells'
import type { RosterField, RosterKind } from './fields'
import { CODES, FIELDS, REQUIRED, ROSTER_KINDS } from './fields'

/** The words a template or an export needs (`useI18n().t` fits). */
export type Say = (key: string, params?: Record<string, unknown>) => string

export interface RefusedLine {
  rowNo: number
  cells: readonly Cell[]
  reasons: string
}

/** The refused lines as an `.xlsx` with the columns they came with and a reason: corrected, it can be sent as it is. */
export function exportRefused(
  fileName: string,
  headers: readonly string[],
  lines: readonly RefusedLine[],
  say: Say,
): Promise<void> {
  const columns: ExcelColumn<RefusedLine>[] = [
    ...headers.map((header, i) => ({ header, value: (line: RefusedLine) => cellText(line.cells[i]) })),
    { header: say('roster.result.row_column'), value: (line) => line.rowNo },
    { header: say('roster.result.reason_column'), value: (line) => line.reasons, width: 60 },
  ]
  return exportTable(fileName, columns, lines)
}

const EXAMPLES: Partial<Record<RosterField, string>> = {
  phone: '19900000000',
  birth: '1965-03',
  building: '3号楼',
  entrance: '1单元',
  door: '502',
  grid: '第1片',
  relay_phone: '028-55550001',
  from: '2026-01-01',
}

export function codeLabel(field: RosterField, code: string, say: Say): string {
  return field === 'corps' ? say(`ui.corps.${code}`) : say(`roster.codes.${field}.${code}`)
}

/** The lines of a template sheet: what to write, the headers, an example that is not imported. */
export function templateLines(kind: RosterKind, say: Say): { notes: string[]; headers: string[]; example: string[] } {
  const must = (field: RosterField) =>
    say(REQUIRED[kind].includes(field) ? 'roster.template.required' : 'roster.template.optional')
  const example = (field: RosterField): string => {
    if (field === 'name') return say('roster.template.example')
    if (field === 'compound') return say('roster.template.compound_example')
    if (field === 'party_org') return say('roster.template.org_example')
    if (field === 'party_group') return say('roster.template.group_example')
    const codes = CODES[field]
    if (codes) return codeLabel(field, field === 'title' ? 'grid_worker' : codes[0]!, say)
    return EXAMPLES[field] ?? ''
  }
  const fields: readonly RosterField[] = FIELDS[kind]
  return {
    notes: fields.map((field) =>
      say(kind === 'staff' && field === 'grid' ? 'roster.template.grid_staff' : `roster.template.notes.${field}`, {
        must: must(field),
      }),
    ),
    headers: fields.map((field) => say(`roster.fields.${field}`)),
    example: fields.map(example),
  }
}

/** The sheets of a template: one for each kind, and the allowed values. */
export function templateSheets(kinds: readonly RosterKind[], say: Say) {
  const text = (value: string, style: Record<string, unknown> = {}) =>
    value ? { value: safeText(value), type: String, format: '@', ...style } : null
  const sheets = kinds.map((kind) => {
    const { notes, headers, example } = templateLines(kind, say)
    return {
      sheet: say(`roster.kinds.${kind}`),
      data: [
        notes.map((note) => text(note, { textColor: '#6b6b6b', wrap: true, alignVertical: 'top' as const })),
        headers.map((header) => text(header, { fontWeight: 'bold' as const })),
        example.map((value) => text(value, { textColor: '#6b6b6b' })),
      ],
      columns: headers.map((header) => ({ width: Math.max(14, header.length * 2 + 4) })),
      stickyRowsCount: 2,
    }
  })
  const fields = [...new Set(kinds.flatMap((kind) => FIELDS[kind] as readonly RosterField[]))].filter(
    (field) => CODES[field],
  )
  if (!fields.length) return sheets
  const values = fields.flatMap((field) =>
    CODES[field]!.map((code) => [text(say(`roster.fields.${field}`)), text(codeLabel(field, code, say))]),
  )
  const bold = { fontWeight: 'bold' as const }
  return [
    ...sheets,
    {
      sheet: say('roster.template.values_sheet'),
      data: [
        [text(say('roster.template.values_field'), bold), text(say('roster.template.values_value'), bold)],
        ...values,
      ],
      columns: [{ width: 18 }, { width: 28 }],
      stickyRowsCount: 1,
    },
  ]
}

/** Saves the template of one kind, or the workbook with all four. */
export async function downloadTemplate(kind: RosterKind | 'all', say: Say): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/browser')
  const kinds = kind === 'all' ? ROSTER_KINDS : [kind]
  const name = [say('roster.template.file'), kind === 'all' ? '' : say(`roster.kinds.${kind}`)]
    .filter(Boolean)
    .join('-')
  await writeExcelFile(templateSheets(kinds, say)).toFile(`${name}.xlsx`)
}
