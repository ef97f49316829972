import type { ExcelSheet } from '@/lib/excel'
import type { CopiedRow } from './api'

/** One sheet a table; the columns are those of the rows, without the community's id on every line. */
export function copySheets(
  copy: Record<string, CopiedRow[]>,
  nameOf: (table: string) => string,
): ExcelSheet<CopiedRow>[] {
  return Object.entries(copy).map(([table, rows]) => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((c) => c !== 'community_id')
    return {
      name: nameOf(table),
      columns: columns.map((header) => ({ header, value: (row: CopiedRow) => cell(row[header]) })),
      rows,
    }
  })
}

function cell(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return JSON.stringify(value)
}

/** Saves a value as a JSON file that a person can read. */
export function saveJson(fileName: string, value: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${fileName}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
