import { useSessionStore } from '@/lib/session'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Viewer } from '../api'

const useActingForStore = defineStore('acting-for', () => {
  const chosen = ref<string | null>(null)
  return { chosen }
})

/**
 * For whom the member acts: for themselves, or for a person they help (代办). The choice holds
 * until it is changed or the page is opened anew, and falls back to oneself when the link ends.
 */
export function useActingFor() {
  const session = useSessionStore()
  const store = useActingForStore()

  const helped = computed(() => session.current?.helps ?? [])
  /** null = oneself. */
  const forPersonId = computed({
    get: () => (helped.value.some((h) => h.personId === store.chosen) ? store.chosen : null),
    set: (id) => (store.chosen = id),
  })
  const forName = computed(() => helped.value.find((h) => h.personId === forPersonId.value)?.displayName ?? null)
  const viewer = computed<Viewer | null>(() =>
    session.communityId ? { communityId: session.communityId, forPersonId: forPersonId.value } : null,
  )
  return { helped, forPersonId, forName, viewer }
}
