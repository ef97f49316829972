export { default as HoursView } from './components/HoursView.vue'
export { default as MyBackfillsView } from './components/MyBackfillsView.vue'
export { default as MyExemptionsView } from './components/MyExemptionsView.vue'
export { default as ProvenanceCard } from './components/ProvenanceCard.vue'
