import type { ExcelColumn } from '@/lib/excel'
import { formatHours } from '@/lib/time'
import { computed, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { periodName } from '../rules'
import type { Board } from '../schema'
import { isCorpsColor, isOfPeople } from '../schema'

interface BoardRow {
  place: number | null
  name: string
  value: number | null
  people: number | null
}

/** The board on the screen as a table for Excel; nothing is in it that the screen does not show. */
export function useBoardExport(board: Ref<Board | undefined>) {
  const { t } = useI18n()
  const exportRows = computed<BoardRow[]>(() => {
    const now = board.value
    if (!now) return []
    if (isOfPeople(now)) {
      return now.entries.map((e) => ({
        place: e.place,
        name: e.label ?? t('boards.withdrawn'),
        value: now.kind === 'people_points' ? e.value : Number(formatHours(e.value)),
        people: null,
      }))
    }
    return now.entries.map((e) => ({
      place: e.place,
      name: e.name ?? (isCorpsColor(e.team) ? t(`ui.corps.${e.team}`) : e.team),
      value: e.hours,
      people: e.people,
    }))
  })
  const exportColumns = computed<ExcelColumn<BoardRow>[]>(() => [
    { header: t('boards.column.place'), value: (row) => row.place },
    { header: t('boards.column.name'), value: (row) => row.name },
    {
      header: t(board.value?.kind === 'people_points' ? 'boards.column.points' : 'boards.column.hours'),
      value: (row) => row.value,
    },
    ...(board.value && !isOfPeople(board.value)
      ? [{ header: t('boards.column.people'), value: (row: BoardRow) => row.people }]
      : []),
  ])
  const exportName = computed(() =>
    board.value ? `${t(`boards.kind.${board.value.kind}`)}-${periodName(board.value.period, t)}` : '',
  )
  return { exportName, exportColumns, exportRows }
}
