export { default as CorpsListView } from './components/CorpsListView.vue'
export { default as CorpsView } from './components/CorpsView.vue'
export { default as PublicCorpsView } from './components/PublicCorpsView.vue'
export type { Corps } from './api'
