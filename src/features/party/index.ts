export { default as BranchDeskView } from './components/BranchDeskView.vue'
export { default as MyScoreView } from './components/MyScoreView.vue'
