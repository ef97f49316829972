export { default as MyServiceView } from './components/MyServiceView.vue'
export { default as PointsOfficeView } from './components/PointsOfficeView.vue'
export { default as PointsView } from './components/PointsView.vue'
