export { default as GridView } from './components/GridView.vue'
export type { GridRef, MethodLabels, MyGrid } from './api'
