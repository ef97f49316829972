export { default as CorpsListView } from './components/CorpsListView.vue'
export { default as CorpsView } from './components/CorpsView.vue'
export type { Corps } from './api'
