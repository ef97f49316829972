import { byFeature } from '@/locales/by-feature'
import { createI18n } from 'vue-i18n'

/** vue-i18n with all Chinese messages, for component specs: `global: { plugins: [testI18n()] }`. */
export function testI18n() {
  return createI18n({
    legacy: false,
    locale: 'zh-CN',
    messages: {
      'zh-CN': byFeature(import.meta.glob('../locales/zh-CN/*.json', { eager: true, import: 'default' })),
    },
  })
}
