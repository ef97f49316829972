import type { Component } from 'vue'
import { defineAsyncComponent } from 'vue'

export type AuthMethodId = 'email' | 'phone' | 'wechat'

/**
 * One way to prove who one is. Every component emits `done` with the user, or leaves the page
 * for a provider and comes back to the sign-in page with a session.
 */
export interface AuthMethod {
  id: AuthMethodId
  /** Props: `mode` ('sign-in' | 'sign-up'), `next`. Emits: `done(user)`. */
  component: Component
}

const METHODS: Record<AuthMethodId, AuthMethod> = {
  email: { id: 'email', component: defineAsyncComponent(() => import('./EmailMethod.vue')) },
  phone: { id: 'phone', component: defineAsyncComponent(() => import('./PhoneMethod.vue')) },
  wechat: { id: 'wechat', component: defineAsyncComponent(() => import('./WechatMethod.vue')) },
}

/**
 * Which methods are offered, in order, from `VITE_AUTH_METHODS` (e.g. `phone,wechat,email`).
 * Unknown names are left out; with none left it is e-mail and password.
 */
export function chosenMethods(setting: string | undefined): AuthMethod[] {
  const ids = (setting ?? 'email')
    .split(',')
    .map((id) => id.trim())
    .filter((id): id is AuthMethodId => Object.hasOwn(METHODS, id))
  return (ids.length > 0 ? [...new Set(ids)] : (['email'] as const)).map((id) => METHODS[id])
}

/** The methods of this installation. */
export const authMethods: AuthMethod[] = chosenMethods(import.meta.env['VITE_AUTH_METHODS'] as string | undefined)
