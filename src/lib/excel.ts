/** One column of an exported table. */
export interface ExcelColumn<Row> {
  header: string
  value: (row: Row) => string | number | boolean | null | undefined
  /** In characters. */
  width?: number
  /** Numbers only, e.g. `0.0`. */
  format?: string
}

/**
 * A text that no spreadsheet takes for a formula, also after it was saved as CSV.
 * Plain numbers and phone numbers (`-3`, `+86 138…`) stay as they are.
 */
export function safeText(text: string): string {
  if (/^[=@\t\r]/.test(text)) return `'${text}`
  if (/^[+-]/.test(text) && !/^[+-][\d\s.,-]+$/.test(text)) return `'${text}`
  return text
}

/**
 * Saves rows as an `.xlsx` file. Numbers stay numbers, texts stay texts (an id or a region
 * code keeps its zeros). The writer is loaded when it is first used.
 *
 * @param fileName without the extension
 */
export async function exportTable<Row>(
  fileName: string,
  columns: readonly ExcelColumn<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/browser')
  const head = columns.map((c) => ({ value: safeText(c.header), type: String, fontWeight: 'bold' as const }))
  const body = rows.map((row) =>
    columns.map((column) => {
      const value = column.value(row)
      if (value === null || value === undefined || value === '') return null
      if (typeof value === 'number') {
        return { value, type: Number, ...(column.format ? { format: column.format } : {}) }
      }
      if (typeof value === 'boolean') return { value, type: Boolean }
      return { value: safeText(value), type: String }
    }),
  )
  await writeExcelFile([head, ...body], {
    columns: columns.map((c) => ({ width: c.width ?? Math.max(10, c.header.length * 2 + 4) })),
    stickyRowsCount: 1,
  }).toFile(`${safeFileName(fileName)}.xlsx`)
}

function safeFileName(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 120)
}
