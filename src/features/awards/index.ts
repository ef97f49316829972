export { default as MyAwardsView } from './components/MyAwardsView.vue'
export { default as NoticeListView } from './components/NoticeListView.vue'
export { default as NoticeView } from './components/NoticeView.vue'
export { default as ObjectionAnswerView } from './components/ObjectionAnswerView.vue'
