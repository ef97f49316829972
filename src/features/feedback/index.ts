export { default as RateView } from './components/RateView.vue'
export { default as ReportView } from './components/ReportView.vue'
export { default as SettlingDesk } from './components/SettlingDesk.vue'
