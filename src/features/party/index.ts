export { default as BranchDeskView } from './components/BranchDeskView.vue'
export { default as GroupMeetingsView } from './components/GroupMeetingsView.vue'
export { default as MyScoreView } from './components/MyScoreView.vue'
