export { default as AuditTrailView } from './components/AuditTrailView.vue'
export { default as OfficeTodayView } from './components/OfficeTodayView.vue'
