export { default as LeaderShiftsView } from './components/LeaderShiftsView.vue'
export { default as MemberCodeView } from './components/MemberCodeView.vue'
export { default as RosterView } from './components/RosterView.vue'
