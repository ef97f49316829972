export { default as BoardsView } from './components/BoardsView.vue'
export { default as BoardPosterView } from './components/BoardPosterView.vue'
