export { default as LeadActivitiesView } from './components/LeadActivitiesView.vue'
export { default as LeadActivityView } from './components/LeadActivityView.vue'
export { default as OfficeActivitiesView } from './components/OfficeActivitiesView.vue'
