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

/** One table of an exported file. */
export interface ExcelSheet<Row> {
  /** At most 31 characters are kept. */
  name: string
  columns: readonly ExcelColumn<Row>[]
  rows: readonly Row[]
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
  await writeExcelFile(cells(columns, rows), {
    columns: widths(columns),
    stickyRowsCount: 1,
  }).toFile(`${safeFileName(fileName)}.xlsx`)
}

/** Saves several tables as the sheets of one `.xlsx` file. */
export async function exportSheets<Row>(fileName: string, sheets: readonly ExcelSheet<Row>[]): Promise<void> {
  const { default: writeExcelFile } = await import('write-excel-file/browser')
  const names = new Set<string>()
  await writeExcelFile(
    sheets.map((sheet) => ({
      data: cells(sheet.columns, sheet.rows),
      sheet: sheetName(sheet.name, names),
      columns: widths(sheet.columns),
      stickyRowsCount: 1,
    })),
  ).toFile(`${safeFileName(fileName)}.xlsx`)
}

function widths<Row>(columns: readonly ExcelColumn<Row>[]) {
  return columns.map((c) => ({ width: c.width ?? Math.max(10, c.header.length * 2 + 4) }))
}

function cells<Row>(columns: readonly ExcelColumn<Row>[], rows: readonly Row[]) {
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
  return [head, ...body]
}

function sheetName(wanted: string, taken: Set<string>): string {
  const base = wanted.replace(/[\\/:*?[\]]/g, '-').slice(0, 28) || 'Sheet'
  let name = base
  for (let n = 2; taken.has(name); n += 1) name = `${base} ${n}`
  taken.add(name)
  return name
}

function safeFileName(name: string): string {
  return name.replace(/[\\/:*?"<>|]+/g, '-').slice(0, 120)
}
