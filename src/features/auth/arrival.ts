import { newId } from '@/lib/id'
import { useSessionStore } from '@/lib/session'
import { localStore } from '@/lib/storage'
import { AppError } from '@/lib/errors'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import type { AuthUser } from './api'
import { openAccount } from './api'
import type { Birth } from './rules'
import { safeNext, TERMS_VERSION } from './rules'

const KEY = 'sanlian.opening'

/** What was said before the sign-in existed (a mail to confirm, a provider's page in between). */
interface Opening {
  id: string
  birth: Birth
  terms: string
}

/** Remembers age and agreement until the person is back signed in. */
export function rememberOpening(birth: Birth): void {
  localStore.set(KEY, { id: newId(), birth, terms: TERMS_VERSION } satisfies Opening)
}

export function forgetOpening(): void {
  localStore.remove(KEY)
}

/**
 * What happens when somebody has proved who they are: the session is read, an account that was
 * announced is opened, one that was not is asked for, and the person goes on to where they wanted.
 */
export function useArrival() {
  const session = useSessionStore()
  const router = useRouter()
  const route = useRoute()
  const { locale } = useI18n()

  const next = () => safeNext(route.query['next'])

  async function arrive(user: AuthUser): Promise<void> {
    session.signedIn(user)
    const error = await session.refresh()
    if (error) throw error
    const opening = localStore.get<Opening>(KEY)
    if (!session.account && opening?.terms === TERMS_VERSION) {
      await openAccount(opening.id, opening.birth, opening.terms, locale.value)
      forgetOpening()
      await session.refresh()
    }
    await goOn()
  }

  /** Opens the account of somebody who is signed in already. */
  async function open(id: string, birth: Birth): Promise<void> {
    await openAccount(id, birth, TERMS_VERSION, locale.value)
    forgetOpening()
    const error = await session.refresh()
    if (error) throw error
    await goOn()
  }

  async function goOn(): Promise<void> {
    if (!session.account) {
      await router.replace({ path: '/sign-up', query: route.query })
      return
    }
    const target = next()
    // Whoever belongs nowhere yet is shown the way in, unless they were on one.
    await router.replace(target === '/' && !session.current ? '/join' : target)
  }

  return { arrive, open, goOn, next }
}

/** What a link in a mail, or a provider, put into the address; read once, before auth-js clears it. */
export interface ReturnedHash {
  hasSession: boolean
  isRecovery: boolean
  error: AppError | null
}

export function readReturnedHash(hash: string): ReturnedHash {
  const params = new URLSearchParams(hash.replace(/^#/, ''))
  const code = params.get('error_code') ?? params.get('error')
  return {
    hasSession: params.has('access_token'),
    isRecovery: params.get('type') === 'recovery',
    error: code ? new AppError(code === 'access_denied' ? 'sign_in_cancelled' : 'link_expired', { status: 400 }) : null,
  }
}
