export { default as MyYearView } from './components/MyYearView.vue'
export { default as StreetView } from './components/StreetView.vue'
export { default as YearDashboardView } from './components/YearDashboardView.vue'
