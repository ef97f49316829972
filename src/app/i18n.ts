import { localStore } from '@/lib/storage'
import * as core from '@/locales/core'
import { createI18n } from 'vue-i18n'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const KEY = 'sanlian.locale'

type Messages = Record<string, Record<string, never>>

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': { ...core } } as unknown as Messages,
})

const loaded = new Set<Locale>()

/** Loads everything a language says, once. */
export async function loadMessages(locale: Locale = currentLocale()): Promise<void> {
  if (loaded.has(locale)) return
  const messages =
    locale === 'en' ? (await import('@/locales/en.all')).default : (await import('@/locales/zh-CN.rest')).default
  i18n.global.mergeLocaleMessage(locale, messages)
  loaded.add(locale)
}

export function currentLocale(): Locale {
  return i18n.global.locale.value as Locale
}

/** Changes the language now and for the next visits. */
export async function setLocale(locale: Locale): Promise<void> {
  await loadMessages(locale)
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
  localStore.set(KEY, locale)
}

/** The chosen language before the first paint; Chinese unless somebody chose otherwise. */
export async function restoreLocale(): Promise<void> {
  if (localStore.get<string>(KEY) === 'en') await setLocale('en').catch(() => undefined)
}
