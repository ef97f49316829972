export { default as QualificationDeskView } from './components/QualificationDeskView.vue'
export { default as QualificationsView } from './components/QualificationsView.vue'
