import type { Ref } from 'vue'
import { onScopeDispose, readonly, ref, watch } from 'vue'
import { clockOffset, serverNow } from './clock'

/**
 * The server's time as a ref that moves on by itself, for countdowns and for «today».
 *
 * @param every milliseconds between two looks
 * @example const now = useNow(30_000)
 */
export function useNow(every = 30_000): Readonly<Ref<number>> {
  const now = ref(serverNow())
  const look = () => (now.value = serverNow())
  const timer = setInterval(look, every)
  const stop = watch(clockOffset, look)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    stop()
    document.removeEventListener('visibilitychange', look)
  })
  return readonly(now)
}
