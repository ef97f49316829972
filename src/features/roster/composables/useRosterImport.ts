import type { AppError } from '@/lib/errors'
import { toAppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useSessionStore } from '@/lib/session'
import { computed, markRaw, reactive, ref, shallowRef } from 'vue'
import type { ImportCounts, ImportedRow, ImportOptions } from '../api'
import { beginImport, fetchUnfinished, finishImport, importRows } from '../api'
import type { RosterField, RosterKind } from '../fields'
import { ROSTER_KINDS } from '../fields'
import type { FileFault } from '../parse'
import { FileRefusal } from '../parse'
import type { ReadFile } from '../read-file'
import { readRosterFile } from '../read-file'
import type { ColumnMapping, RosterSheet } from '../rules'
import { guessKind, guessMapping, idCardColumns, missingColumns, toRow } from '../rules'

/** Small enough that the progress moves and a pause is soon obeyed. */
const BATCH = 250
const RETRY_AFTER_MS = [500, 2000, 5000]

export interface SheetPlan {
  sheet: RosterSheet
  /** null: this sheet is left out. */
  kind: RosterKind | null
  mapping: ColumnMapping
  /** Columns that are never sent. */
  idCards: number[]
}

export interface SheetResult {
  plan: SheetPlan & { kind: RosterKind }
  importId: string
  counts: ImportCounts
  rows: Map<number, ImportedRow>
  sentBeforeAt: string | null
  finished: boolean
}

export type ImportStatus = 'choosing' | 'reading' | 'checking' | 'importing' | 'paused' | 'interrupted' | 'done'

function planOf(sheet: RosterSheet, alone: boolean): SheetPlan {
  const kind = guessKind(sheet) ?? (alone ? 'residents' : null)
  const idCards = idCardColumns(sheet)
  return { sheet: markRaw(sheet), kind, idCards, mapping: mappingOf(sheet, kind, idCards) }
}

function mappingOf(sheet: RosterSheet, kind: RosterKind | null, idCards: readonly number[]): ColumnMapping {
  if (!kind) return sheet.headers.map(() => null)
  return guessMapping(sheet.headers, kind).map((field, i) => (idCards.includes(i) ? null : field))
}

/**
 * One file from being chosen to its result. The sheets go one after another, residents first (they make the
 * places and grids that the others name). A broken-off import goes on where it stopped: rows have numbers,
 * and the database answers a number it knows without doing it twice.
 */
export function useRosterImport() {
  const session = useSessionStore()
  const communityId = () => session.communityId ?? ''
  const status = ref<ImportStatus>('choosing')
  const file = shallowRef<ReadFile | null>(null)
  const fault = ref<FileFault | null>(null)
  const plans = ref<SheetPlan[]>([])
  const results = shallowRef<SheetResult[]>([])
  const error = shallowRef<AppError | null>(null)
  const options = reactive({ createsGrids: false, paperConsent: false })
  const progress = reactive({ done: 0, total: 0, elapsedMs: 0, kind: null as RosterKind | null })
  const asked = { pause: false }
  let corpsNames: ImportOptions['corpsNames'] | null = null

  const active = computed(() =>
    plans.value
      .filter((plan): plan is SheetPlan & { kind: RosterKind } => plan.kind !== null)
      .sort((a, b) => ROSTER_KINDS.indexOf(a.kind) - ROSTER_KINDS.indexOf(b.kind)),
  )
  const totalRows = computed(() => active.value.reduce((sum, plan) => sum + plan.sheet.rows.length, 0))
  const needsConsent = computed(() => active.value.some((p) => p.kind === 'volunteers' || p.kind === 'party_members'))
  const canStart = computed(
    () =>
      active.value.length > 0 &&
      (!needsConsent.value || options.paperConsent) &&
      active.value.every((p) => missingColumns(p.kind, p.mapping).length === 0 && doubled(p).length === 0),
  )
  const leftMs = computed(() =>
    progress.done > 0 ? (progress.elapsedMs / progress.done) * (progress.total - progress.done) : null,
  )

  function doubled(plan: SheetPlan) {
    const fields = plan.mapping.filter((field) => field !== null)
    return [...new Set(fields.filter((field, i) => fields.indexOf(field) !== i))]
  }

  async function choose(chosen: File) {
    fault.value = null
    status.value = 'reading'
    try {
      const read = await readRosterFile(chosen)
      file.value = read
      plans.value = read.sheets.map((sheet) => planOf(sheet, read.sheets.length === 1))
      status.value = 'checking'
    } catch (raw) {
      fault.value = raw instanceof FileRefusal ? raw.fault : 'unreadable'
      status.value = 'choosing'
    }
  }

  function setKind(plan: SheetPlan, kind: RosterKind | null) {
    plan.kind = kind
    plan.mapping = mappingOf(plan.sheet, kind, plan.idCards)
  }

  function setField(plan: SheetPlan, column: number, field: RosterField | null) {
    plan.mapping[column] = field
  }

  function setOption(name: keyof typeof options, value: boolean) {
    options[name] = value
  }

  /** @param names what to call a corps of a colour that is not there yet */
  async function start(names: ImportOptions['corpsNames']) {
    corpsNames = names
    results.value = []
    progress.done = 0
    progress.elapsedMs = 0
    progress.total = totalRows.value
    await run()
  }

  async function run() {
    asked.pause = false
    error.value = null
    status.value = 'importing'
    const startedAt = performance.now() - progress.elapsedMs
    const tick = setInterval(() => (progress.elapsedMs = performance.now() - startedAt), 500)
    try {
      for (const plan of active.value) {
        progress.kind = plan.kind
        const result = await resultOf(plan)
        if (!result.finished) await sendRows(result)
        if (asked.pause) {
          status.value = 'paused'
          return
        }
      }
      status.value = 'done'
    } catch (raw) {
      error.value = toAppError(raw)
      status.value = 'interrupted'
    } finally {
      clearInterval(tick)
      progress.elapsedMs = performance.now() - startedAt
    }
  }

  async function resultOf(plan: SheetPlan & { kind: RosterKind }): Promise<SheetResult> {
    const known = results.value.find((result) => result.plan.sheet === plan.sheet)
    if (known) return known
    const fileHash = file.value!.hash
    let importId = await fetchUnfinished(communityId(), session.personId ?? '', {
      fileHash,
      kind: plan.kind,
      totalRows: plan.sheet.rows.length,
    })
    let sentBeforeAt: string | null = null
    if (!importId) {
      const id = newId()
      const input = {
        kind: plan.kind,
        fileName: file.value!.name,
        fileHash,
        totalRows: plan.sheet.rows.length,
        options: { ...options, corpsNames: corpsNames! },
      }
      const begun = await patiently(() => beginImport(communityId(), id, input))
      importId = id
      sentBeforeAt = begun.sentBeforeAt
    }
    const result: SheetResult = {
      plan,
      importId,
      counts: { imported: 0, unchanged: 0, updated: 0, rejected: 0 },
      rows: new Map(),
      sentBeforeAt,
      finished: false,
    }
    results.value = [...results.value, result]
    return result
  }

  async function sendRows(result: SheetResult) {
    const { sheet, mapping } = result.plan
    const waiting = sheet.rows.flatMap((cells, i) => {
      const rowNo = sheet.rowNumbers[i]!
      return result.rows.has(rowNo) ? [] : [{ rowNo, cells }]
    })
    for (let at = 0; at < waiting.length && !asked.pause; at += BATCH) {
      const batch = waiting
        .slice(at, at + BATCH)
        .map(({ rowNo, cells }) => ({ row_no: rowNo, ...toRow(cells, mapping) }))
      const id = newId()
      const answer = await patiently(() => importRows(communityId(), id, result.importId, batch))
      for (const row of answer.rows) result.rows.set(row.rowNo, row)
      result.counts = answer.counts
      progress.done += batch.length
    }
    if (asked.pause) return
    await finish(result)
  }

  async function finish(result: SheetResult) {
    const id = newId()
    await patiently(() => finishImport(communityId(), id, result.importId))
    result.finished = true
  }

  /** The same command again after a short while: it has an id, so it is never done twice. */
  async function patiently<T>(call: () => Promise<T>): Promise<T> {
    for (const wait of RETRY_AFTER_MS) {
      try {
        return await call()
      } catch (raw) {
        const failure = toAppError(raw)
        if (!failure.isTransient || failure.isOffline) throw failure
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
    return call()
  }

  /** Leaves it at what was imported: closes the imports and shows the result. */
  async function stop() {
    try {
      for (const result of results.value) if (!result.finished) await finish(result)
      status.value = 'done'
    } catch (raw) {
      error.value = toAppError(raw)
      status.value = 'interrupted'
    }
  }

  function reset() {
    status.value = 'choosing'
    file.value = null
    fault.value = null
    plans.value = []
    results.value = []
    error.value = null
    options.paperConsent = false
  }

  return {
    status,
    file,
    fault,
    plans,
    active,
    results,
    error,
    options,
    progress,
    totalRows,
    needsConsent,
    canStart,
    leftMs,
    doubled,
    choose,
    setKind,
    setField,
    setOption,
    start,
    stop,
    reset,
    pause: () => (asked.pause = true),
    resume: run,
  }
}

export type RosterImportRun = ReturnType<typeof useRosterImport>
