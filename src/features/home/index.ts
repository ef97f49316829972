export { default as HomeView } from './components/HomeView.vue'
