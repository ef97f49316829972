import { useQueryCache } from '@pinia/colada'
import { onScopeDispose } from 'vue'

/**
 * Keeps queries fresh while somebody looks: refetches them at an interval while the page is
 * visible and online, and once when it comes back. Works on every server; where the server
 * has realtime, its events only shorten the wait (`nudge`).
 *
 * @param key query key (prefix) to invalidate
 * @param every milliseconds between two looks; at least 5 seconds
 * @returns nudge: look now
 */
export function useLive(key: readonly (string | number)[], every = 30_000): { nudge: () => void } {
  const cache = useQueryCache()
  const nudge = () => {
    if (document.visibilityState !== 'visible' || navigator.onLine === false) return
    void cache.invalidateQueries({ key: [...key] })
  }
  const timer = setInterval(nudge, Math.max(5000, every))
  const onVisible = () => {
    if (document.visibilityState === 'visible') nudge()
  }
  document.addEventListener('visibilitychange', onVisible)
  window.addEventListener('online', nudge)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisible)
    window.removeEventListener('online', nudge)
  })
  return { nudge }
}
