import { toAppError } from '@/lib/errors'
import { rpc, supabase } from '@/lib/supabase'
import type { CorpsNames, RosterKind } from './fields'
import type { RosterRow, RowReason } from './rules'

export type RowOutcome = 'imported' | 'unchanged' | 'updated' | 'rejected'

export interface ImportedRow {
  rowNo: number
  outcome: RowOutcome
  reasons: RowReason[]
  hints: RowReason[]
}

export interface ImportCounts {
  imported: number
  unchanged: number
  updated: number
  rejected: number
}

export interface RosterImport extends ImportCounts {
  id: string
  kind: RosterKind
  fileName: string
  fileHash: string
  totalRows: number
  startedAt: string
  finishedAt: string | null
  discardedAt: string | null
}

interface ImportedRowRow {
  row_no: number
  outcome: RowOutcome
  reasons: RowReason[]
  hints: RowReason[]
}

const toImportedRow = (row: ImportedRowRow): ImportedRow => ({
  rowNo: row.row_no,
  outcome: row.outcome,
  reasons: row.reasons,
  hints: row.hints,
})

export interface ImportOptions {
  createsGrids: boolean
  paperConsent: boolean
  corpsNames: CorpsNames
}

/** Errors: not_allowed, field_invalid, paper_consent_required. */
export async function beginImport(
  communityId: string,
  id: string,
  input: { kind: RosterKind; fileName: string; fileHash: string; totalRows: number; options: ImportOptions },
): Promise<{ sentBeforeAt: string | null }> {
  const row = await rpc<{ sent_before_at: string | null }>('begin_roster_import', {
    p_community_id: communityId,
    p_id: id,
    p_kind: input.kind,
    p_file_name: input.fileName,
    p_file_hash: input.fileHash,
    p_total_rows: input.totalRows,
    p_options: {
      creates_grids: input.options.createsGrids,
      paper_consent: input.options.paperConsent,
      corps_names: input.options.corpsNames,
    },
  })
  return { sentBeforeAt: row.sent_before_at }
}

/** Up to 500 rows; a row that was sent before is answered, not repeated. Errors: not_allowed, import_unknown, import_finished. */
export async function importRows(
  communityId: string,
  id: string,
  importId: string,
  rows: (RosterRow & { row_no: number })[],
): Promise<{ counts: ImportCounts; rows: ImportedRow[] }> {
  const answer = await rpc<{ import: ImportCounts; rows: ImportedRowRow[] }>('import_roster_rows', {
    p_community_id: communityId,
    p_id: id,
    p_import_id: importId,
    p_rows: rows,
  })
  return { counts: answer.import, rows: answer.rows.map(toImportedRow) }
}

export function finishImport(communityId: string, id: string, importId: string): Promise<ImportCounts> {
  return rpc('finish_roster_import', { p_community_id: communityId, p_id: id, p_import_id: importId })
}

export function discardImportRows(communityId: string, id: string, importId: string): Promise<unknown> {
  return rpc('discard_import_rows', { p_community_id: communityId, p_id: id, p_import_id: importId })
}

const IMPORT_COLUMNS =
  'id, kind, file_name, file_hash, total_rows, imported, unchanged, updated, rejected, started_at, finished_at, discarded_at'

interface ImportRow extends ImportCounts {
  id: string
  kind: RosterKind
  file_name: string
  file_hash: string
  total_rows: number
  started_at: string
  finished_at: string | null
  discarded_at: string | null
}

const toImport = (row: ImportRow): RosterImport => ({
  id: row.id,
  kind: row.kind,
  fileName: row.file_name,
  fileHash: row.file_hash,
  totalRows: row.total_rows,
  imported: row.imported,
  unchanged: row.unchanged,
  updated: row.updated,
  rejected: row.rejected,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  discardedAt: row.discarded_at,
})

export async function fetchImports(communityId: string): Promise<RosterImport[]> {
  const db = await supabase()
  const { data, error, status } = await db
    .from('roster_imports')
    .select(IMPORT_COLUMNS)
    .eq('community_id', communityId)
    .order('started_at', { ascending: false })
    .limit(50)
  if (error) throw toAppError(error, status)
  return (data as unknown as ImportRow[]).map(toImport)
}

/** The caller's import of this very sheet that was broken off: it is gone on with. */
export async function fetchUnfinished(
  communityId: string,
  startedBy: string,
  { fileHash, kind, totalRows }: { fileHash: string; kind: RosterKind; totalRows: number },
): Promise<string | null> {
  const db = await supabase()
  const { data, error, status } = await db
    .from('roster_imports')
    .select('id')
    .eq('community_id', communityId)
    .eq('started_by', startedBy)
    .eq('file_hash', fileHash)
    .eq('kind', kind)
    .eq('total_rows', totalRows)
    .is('finished_at', null)
    .order('started_at', { ascending: false })
    .limit(1)
  if (error) throw toAppError(error, status)
  return (data as unknown as { id: string }[])[0]?.id ?? null
}

export interface RefusedRow extends ImportedRow {
  /** The text as it was sent; null once it was discarded. */
  raw: RosterRow | null
}

export async function fetchRefusedRows(communityId: string, importId: string): Promise<RefusedRow[]> {
  const db = await supabase()
  const { data, error, status } = await db
    .from('roster_import_rows')
    .select('row_no, outcome, reasons, hints, raw')
    .eq('community_id', communityId)
    .eq('import_id', importId)
    .eq('outcome', 'rejected')
    .order('row_no')
    .limit(1000)
  if (error) throw toAppError(error, status)
  return (data as unknown as (ImportedRowRow & { raw: RosterRow | null })[]).map((row) => ({
    ...toImportedRow(row),
    raw: row.raw,
  }))
}

export async function fetchHasGrids(communityId: string): Promise<boolean> {
  const db = await supabase()
  const { data, error, status } = await db.from('grids').select('id').eq('community_id', communityId).limit(1)
  if (error) throw toAppError(error, status)
  return (data as unknown[]).length > 0
}
