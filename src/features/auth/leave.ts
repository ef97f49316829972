import { useSessionStore } from '@/lib/session'
import { useQueryCache } from '@pinia/colada'
import { useRouter } from 'vue-router'
import { endSession } from './api'
import { forgetOpening } from './arrival'

/**
 * Signs out of this device: who it was, and everything read as that person, is forgotten. What
 * waits to be sent stays for the same person's next sign-in. Works without network.
 */
export function useSignOut() {
  const session = useSessionStore()
  const queries = useQueryCache()
  const router = useRouter()

  return async function signOut(): Promise<void> {
    // First, so that auth-js saying «signed out» is not taken for an expired session.
    session.clear()
    forgetOpening()
    for (const entry of queries.getEntries()) queries.remove(entry)
    await endSession()
    await router.replace('/')
  }
}
