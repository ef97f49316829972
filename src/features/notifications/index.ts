export { default as InboxView } from './components/InboxView.vue'
export { default as NoticeSettingsView } from './components/NoticeSettingsView.vue'
export { default as UnreadWatch } from './components/UnreadWatch.vue'
