export { default as HomeView } from './components/HomeView.vue'
export { publicHomeQuery } from './queries'
