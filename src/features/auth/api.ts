import { toAppError, AppError } from '@/lib/errors'
import { localStore } from '@/lib/storage'
import { AUTH_STORAGE_KEY, isOnline, rpc, supabase } from '@/lib/supabase'

export { isOnline }

export interface AuthUser {
  id: string
  email: string | null
}

interface RawUser {
  id: string
  email?: string | undefined
}

const user = (raw: RawUser): AuthUser => ({ id: raw.id, email: raw.email ?? null })

/** Everything that talks to Auth: refuses at once without network, and throws AppError only. */
async function ask<T>(work: (auth: Awaited<ReturnType<typeof supabase>>['auth']) => Promise<T>): Promise<T> {
  if (!isOnline()) throw new AppError('offline')
  try {
    const db = await supabase()
    return await work(db.auth)
  } catch (error) {
    throw toAppError(error)
  }
}

export function signInWithEmail(email: string, password: string): Promise<AuthUser> {
  return ask(async (auth) => {
    const { data, error } = await auth.signInWithPassword({ email, password })
    if (error) throw error
    return user(data.user)
  })
}

/** @returns the user, or null when the server first wants the address confirmed by mail */
export function signUpWithEmail(email: string, password: string, redirectTo: string): Promise<AuthUser | null> {
  return ask(async (auth) => {
    const { data, error } = await auth.signUp({ email, password, options: { emailRedirectTo: redirectTo } })
    if (error) throw error
    // A server that hides who is registered answers with a user without identities.
    if (!data.session && data.user?.identities?.length === 0) throw new AppError('account_exists', { status: 409 })
    return data.session && data.user ? user(data.user) : null
  })
}

export function resendConfirmation(email: string, redirectTo: string): Promise<void> {
  return ask(async (auth) => {
    const { error } = await auth.resend({ type: 'signup', email, options: { emailRedirectTo: redirectTo } })
    if (error) throw error
  })
}

/** Sends the mail with the link to a new password. Never tells whether the address is known. */
export function requestPasswordReset(email: string, redirectTo: string): Promise<void> {
  return ask(async (auth) => {
    const { error } = await auth.resetPasswordForEmail(email, { redirectTo })
    if (error && toAppError(error).slug !== 'not_found') throw error
  })
}

/** Reads the session that the mail link carried into this page; null when the link is no longer good. */
export function recoveredUser(): Promise<AuthUser | null> {
  return ask(async (auth) => {
    const { data, error } = await auth.getSession()
    if (error) throw error
    return data.session ? user(data.session.user) : null
  })
}

export function setPassword(password: string): Promise<AuthUser> {
  return ask(async (auth) => {
    const { data, error } = await auth.updateUser({ password })
    if (error) throw error
    return user(data.user)
  })
}

/** Sends a code to a phone (E.164). With `create` a number that is new gets an account. */
export function sendPhoneCode(phone: string, create: boolean): Promise<void> {
  return ask(async (auth) => {
    const { error } = await auth.signInWithOtp({ phone, options: { shouldCreateUser: create } })
    if (error) throw error
  })
}

export function verifyPhoneCode(phone: string, token: string): Promise<AuthUser> {
  return ask(async (auth) => {
    const { data, error } = await auth.verifyOtp({ phone, token, type: 'sms' })
    if (error) throw error
    if (!data.user) throw new AppError('code_expired', { status: 400 })
    return user(data.user)
  })
}

/** Leaves for the provider's page (WeChat); comes back to `redirectTo` signed in. */
export function goToProvider(provider: string, redirectTo: string): Promise<void> {
  return ask(async (auth) => {
    const { error } = await auth.signInWithOAuth({
      provider: provider as `custom:${string}`,
      options: { redirectTo },
    })
    if (error) throw error
  })
}

export function openAccount(
  id: string,
  birth: { year: number; month: number },
  termsVersion: string,
  locale: string,
): Promise<void> {
  return rpc('open_account', {
    p_id: id,
    p_birth_year: birth.year,
    p_birth_month: birth.month,
    p_terms_version: termsVersion,
    p_locale: locale,
  })
}

export function saveLocale(locale: string): Promise<void> {
  return rpc('set_locale', { p_locale: locale })
}

/** Deletes the sign-in itself. Error: leave_communities_first. */
export function closeAccount(): Promise<void> {
  return rpc('close_account')
}

/**
 * Ends the session on this device. Also works without network: then the server forgets it when
 * the token runs out. Never fails.
 */
export async function endSession(): Promise<void> {
  try {
    if (isOnline()) {
      const db = await supabase()
      await Promise.race([db.auth.signOut({ scope: 'local' }), new Promise((resolve) => setTimeout(resolve, 4000))])
    }
  } catch {
    // What matters is below: this device forgets.
  }
  localStore.remove(AUTH_STORAGE_KEY)
}
