export { default as SettingsView } from './components/SettingsView.vue'
