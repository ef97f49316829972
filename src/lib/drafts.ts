import { onScopeDispose, ref, toRaw, watch } from 'vue'
import type { Ref } from 'vue'
import { localStore } from './storage'

const PREFIX = 'sanlian.draft.'
const KEEP_MS = 30 * 86_400_000

interface StoredDraft<T> {
  savedAt: number
  value: T
  /** What the form was opened on; a draft of something else since then is not taken up. */
  base?: string
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

/**
 * Drafts of one form that is opened for one thing after another, such as a sheet: `begin` gives
 * back what was typed for this key, or the fresh form. Nothing is kept of a form left as it was.
 *
 * @example
 * const form = ref(fresh())
 * const { begin, clear } = useDrafts(form)
 * watch(open, (isOpen) => isOpen && begin(`corps:${corps?.id ?? 'new'}`, fresh(), JSON.stringify(corps)))
 */
export function useDrafts<T extends object>(
  form: Ref<T>,
): {
  /** @param base what the form edits; when that has changed meanwhile, the draft is old and dropped */
  begin: (key: string, fresh: T, base?: string) => boolean
  clear: () => void
} {
  let storageKey: string | null = null
  let base = ''
  let untouched = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function save() {
    clearTimeout(timer)
    timer = undefined
    if (storageKey === null) return
    const value = toRaw(form.value)
    if (JSON.stringify(value) === untouched) localStore.remove(storageKey)
    else localStore.set(storageKey, { savedAt: Date.now(), value, base } satisfies StoredDraft<T>)
  }
  watch(
    form,
    () => {
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
    begin(key, fresh, nextBase = '') {
      saveIfWaiting()
      storageKey = PREFIX + key
      base = nextBase
      untouched = JSON.stringify(fresh)
      const kept = localStore.get<StoredDraft<T>>(storageKey)
      const isGood = kept !== null && Date.now() - kept.savedAt < KEEP_MS && kept.base === base
      form.value = isGood ? { ...fresh, ...kept.value } : fresh
      return isGood
    },
    clear() {
      clearTimeout(timer)
      timer = undefined
      if (storageKey !== null) localStore.remove(storageKey)
      storageKey = null
    },
  }
}
