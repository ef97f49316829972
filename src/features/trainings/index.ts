export { default as TrainingList } from './components/TrainingList.vue'
export { default as TrainingListView } from './components/TrainingListView.vue'
export { default as TrainingView } from './components/TrainingView.vue'
