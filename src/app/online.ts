import { readonly, ref } from 'vue'

const online = ref(navigator.onLine !== false)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

/** What the browser believes about the network. */
export function useOnline() {
  return readonly(online)
}
