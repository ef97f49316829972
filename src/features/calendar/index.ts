export { default as CalendarDeskView } from './components/CalendarDeskView.vue'
export { default as CalendarView } from './components/CalendarView.vue'
export { default as SeriesListView } from './components/SeriesListView.vue'
export { default as SeriesView } from './components/SeriesView.vue'
