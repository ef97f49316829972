export { default as OutboxView } from './components/OutboxView.vue'
