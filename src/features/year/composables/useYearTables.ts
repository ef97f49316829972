import type { ExcelColumn, ExcelSheet } from '@/lib/excel'
import { useI18n } from 'vue-i18n'
import { percent } from '../rules'
import type { StreetCommunity, YearCorps, YearDashboard, YearGrid, YearMonth, YearTotals } from '../schema'

type Cell = Record<string, string | number | null>

/** The tables of the year, as they stand on the screen and in the file: what is not told stays empty. */
export function useYearTables() {
  const { t } = useI18n()
  const columns = (...keys: string[]): ExcelColumn<Cell>[] =>
    keys.map((key) => ({ header: t(`year.column.${key}`), value: (row) => row[key] }))

  const monthColumns = columns('month', 'hours', 'people', 'wishes', 'duties', 'duty_hours')
  const monthRows = (months: readonly YearMonth[]): Cell[] =>
    months.map((m) => ({ ...m, month: t('year.month', { n: m.month }) }))

  const gridColumns = columns(
    'name',
    'persons',
    'volunteers',
    'served',
    'participation',
    'hours',
    'households',
    'households_served',
    'coverage',
    'wishes',
    'duties',
  )
  const gridRows = (grids: readonly YearGrid[]): Cell[] =>
    grids.map((g) => ({
      ...g,
      name: g.name ?? t('year.no_grid'),
      participation: percent(g.served, g.persons),
      coverage: percent(g.households_served, g.households),
    }))

  const corpsColumns = columns('name', 'members', 'served', 'activities', 'hours', 'wishes')
  const corpsRows = (corps: readonly YearCorps[]): Cell[] =>
    corps.map((c) => ({ ...c, name: t(`ui.corps.${c.color}`) }))

  const totalKeys = [
    'persons',
    'volunteers',
    'newcomers',
    'served',
    'hours',
    'households',
    'households_served',
    'activities',
    'wishes',
    'party_members',
    'party_on_duty',
    'duties',
    'duty_hours',
  ] as const satisfies readonly (keyof YearTotals)[]
  const totalColumns = columns('name', 'value', 'before')
  const totalRows = (totals: YearTotals, before: YearTotals): Cell[] =>
    totalKeys.map((key) => ({ name: t(`year.column.${key}`), value: totals[key], before: before[key] }))

  const streetColumns = columns(
    'name',
    'persons',
    'volunteers',
    'served',
    'participation',
    'hours',
    'hours_before',
    'coverage',
    'activities',
    'wishes',
    'party_members',
    'party_on_duty',
    'duties',
  )
  const streetRows = (communities: readonly StreetCommunity[]): Cell[] =>
    communities.map(({ name, totals, before }) => ({
      ...totals,
      name,
      participation: percent(totals.served, totals.persons),
      coverage: percent(totals.households_served, totals.households),
      hours_before: before.hours,
    }))

  const sheets = (year: YearDashboard): ExcelSheet<Cell>[] => [
    { name: t('year.sheet.totals'), columns: totalColumns, rows: totalRows(year.totals, year.before) },
    { name: t('year.sheet.months'), columns: monthColumns, rows: monthRows(year.months) },
    { name: t('year.sheet.grids'), columns: gridColumns, rows: gridRows(year.grids) },
    { name: t('year.sheet.corps'), columns: corpsColumns, rows: corpsRows(year.corps) },
  ]
  return { monthColumns, monthRows, gridColumns, gridRows, corpsColumns, corpsRows, streetColumns, streetRows, sheets }
}
export type YearCell = Cell
