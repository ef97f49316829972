export { default as DemoButton } from './components/DemoButton.vue'
