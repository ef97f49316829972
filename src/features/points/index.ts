export { default as MyServiceView } from './components/MyServiceView.vue'
export { SERVICE_KEYS } from './queries'
