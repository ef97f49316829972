export { default as DutyRulesSheet } from './components/DutyRulesSheet.vue'
export { default as DutyVerifyView } from './components/DutyVerifyView.vue'
export { default as MyDutiesView } from './components/MyDutiesView.vue'
