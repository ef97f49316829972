export { default as HomeView } from './components/HomeView.vue'
export { HOME_KEYS } from './queries'
