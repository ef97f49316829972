import type { CorpsColor } from '@/lib/corps'
import type { RouteLocationAsPathGeneric, RouteLocationAsRelativeGeneric, RouteLocationRaw } from 'vue-router'

/** One choice of a select, a radio group or filter chips. */
export interface UiOption<Value extends string | number = string> {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
  count?: number
  corps?: CorpsColor
}

export interface UiTab {
  value: string
  label: string
  count?: number
}

/** One column of a UiTable. `value` is what is sorted by and shown when there is no cell slot. */
export interface UiColumn<Row> {
  key: string
  header: string
  value?: (row: Row) => string | number | null | undefined
  sortable?: boolean
  numeric?: boolean
  /** CSS width, e.g. `12rem`; also the least. */
  width?: string
}

export interface UiSort {
  key: string
  direction: 'ascending' | 'descending'
}

export interface UiStep {
  label: string
  hint?: string
}

export interface UiDescriptionItem {
  label: string
  value?: string | number | null
  /** Name of the slot that shows the value. */
  slot?: string
}

export type UiTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'brand'

export interface UiAction {
  label: string
  to?: RouteLocationRaw
}

export type UiDrawingName =
  | 'calendar'
  | 'inbox'
  | 'people'
  | 'search'
  | 'points'
  | 'offline'
  | 'locked'
  | 'error'
  | 'done'
  | 'home'

/** One line, or the bars of one colour, of a UiChart: a value for each label. */
export interface UiChartSeries {
  name: string
  /** null: not told, which is not the same as none. */
  values: readonly (number | null)[]
  /** The name of a colour token; else one of the chart's own. */
  color?: `--${string}`
}

/** Where a link leads. The typed RouteLocationRaw over all routes is a union too large for the props of every button. */
export type UiLinkTarget = string | RouteLocationAsPathGeneric | RouteLocationAsRelativeGeneric
