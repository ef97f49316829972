export { default as MyServiceView } from './components/MyServiceView.vue'
