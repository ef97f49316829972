export { default as GridView } from './components/GridView.vue'
export { GRID_KEYS, gridQuery } from './queries'
export type { GridRef, MethodLabels, MyGrid } from './api'
