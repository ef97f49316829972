export { default as GalleryView } from './components/GalleryView.vue'
