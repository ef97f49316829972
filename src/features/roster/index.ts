export { readRosterFile } from './read-file'
export { default as RosterImportView } from './components/RosterImportView.vue'
