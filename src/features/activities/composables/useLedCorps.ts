import { useSessionStore } from '@/lib/session'
import { computed } from 'vue'

/** The corps the person leads; null means all of them (the office stands in for every leader). */
export function useLedCorps() {
  const session = useSessionStore()
  const isOffice = computed(() => session.hasRole('community_secretary', 'community_worker', 'street_admin'))
  const ledCorpsIds = computed(() =>
    isOffice.value
      ? null
      : (session.current?.roles ?? []).flatMap((r) => (r.role === 'corps_leader' && r.scopeId ? [r.scopeId] : [])),
  )
  return { isOffice, ledCorpsIds }
}
