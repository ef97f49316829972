import { onScopeDispose } from 'vue'

/** Keeps the screen lit while somebody holds it out to be scanned, where the browser can. */
export function useScreenAwake(): void {
  let lock: WakeLockSentinel | null = null
  let over = false

  async function hold() {
    if (over || document.visibilityState !== 'visible') return
    // Refused on low battery and on plain http: then the screen simply dims.
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (over) void lock?.release()
  }

  void hold()
  document.addEventListener('visibilitychange', hold)
  onScopeDispose(() => {
    over = true
    document.removeEventListener('visibilitychange', hold)
    void lock?.release()
  })
}
