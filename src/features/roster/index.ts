export { default as RosterImportView } from './components/RosterImportView.vue'
