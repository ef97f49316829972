import { useSessionStore } from '@/lib/session'
import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { isOnline, saveLocale } from './api'

const REST_MS = 60_000

/**
 * Keeps the session and the account in step with this device: looks again when the page comes
 * back to the front (a join may have been confirmed, a role given), and tells the account when
 * the language was changed. Used once, by the app.
 */
export function useAccountSync(): void {
  const session = useSessionStore()
  const { locale } = useI18n()
  let lastLook = 0

  const look = () => {
    if (document.visibilityState !== 'visible' || !session.isSignedIn || !isOnline()) return
    if (Date.now() - lastLook < REST_MS) return
    lastLook = Date.now()
    void session.refresh()
  }
  document.addEventListener('visibilitychange', look)
  window.addEventListener('focus', look)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('focus', look)
  })

  watch(locale, (chosen) => {
    if (!session.account || session.account.locale === chosen || !isOnline()) return
    // A preference: when it cannot be saved now, the device still remembers it.
    saveLocale(chosen).catch(() => undefined)
  })
}
