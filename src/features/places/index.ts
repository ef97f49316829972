export { default as MyBlocksView } from './components/MyBlocksView.vue'
export { default as PlacesDeskView } from './components/PlacesDeskView.vue'
export { default as ReserveBlockButton } from './components/ReserveBlockButton.vue'
