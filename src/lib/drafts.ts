import { onScopeDispose, ref, toRaw, watch } from 'vue'
import type { Ref } from 'vue'
import { localStore } from './storage'

const PREFIX = 'sanlian.draft.'
const KEEP_MS = 30 * 86_400_000

interface StoredDraft<T> {
  savedAt: number
  value: T
}

/**
 * Keeps what is typed into a form on this device, so that nothing typed is ever lost.
 * Restores it into the ref at once; call `clear()` after the form was sent.
 * Drafts are kept for 30 days. Do not use it for passwords.
 *
 * @example
 * const form = ref({ title: '', note: '' })
 * const { restored, clear } = useDraft(`duty-log:${userId}`, form)
 */
export function useDraft<T extends object>(key: string, form: Ref<T>): { restored: Ref<boolean>; clear: () => void } {
  const storageKey = PREFIX + key
  const restored = ref(false)
  let cleared = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const kept = localStore.get<StoredDraft<T>>(storageKey)
  if (kept && Date.now() - kept.savedAt < KEEP_MS) {
    form.value = { ...form.value, ...kept.value }
    restored.value = true
  }

  const save = () => {
    clearTimeout(timer)
    if (!cleared) localStore.set(storageKey, { savedAt: Date.now(), value: toRaw(form.value) })
  }
  watch(
    form,
    () => {
      cleared = false
      clearTimeout(timer)
      timer = setTimeout(save, 300)
    },
    { deep: true },
  )
  const saveIfWaiting = () => {
    if (timer !== undefined) save()
  }
  window.addEventListener('pagehide', saveIfWaiting)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', saveIfWaiting)
    saveIfWaiting()
  })

  return {
    restored,
    clear: () => {
      cleared = true
      clearTimeout(timer)
      timer = undefined
      localStore.remove(storageKey)
    },
  }
}
