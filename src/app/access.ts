import type { Role } from '@/lib/session'
import type { RouteMeta } from 'vue-router'

export type LayoutName = 'phone' | 'office' | 'public'

/**
 * Who may open a page. `public`: everybody. `account`: signed in. `member`: belongs to a
 * community. A list of roles: holds one of them in the current community. It only decides what
 * is shown; the database decides what is allowed.
 */
export type Access = 'public' | 'account' | 'member' | Role[]

declare module 'vue-router' {
  interface RouteMeta {
    layout?: LayoutName
    /** Without it a page is for members. */
    access?: Access
    isNotFound?: boolean
    /** Locale key of the page's title. */
    title?: string
  }
}

export interface AccessSubject {
  isSignedIn: boolean
  current: unknown
  hasRole: (...roles: Role[]) => boolean
}

export type AccessAnswer = 'allowed' | 'sign-in' | 'join' | 'denied'

/** What stands between this person and this page. */
export function checkAccess(meta: RouteMeta, subject: AccessSubject): AccessAnswer {
  const access = meta.access ?? 'member'
  if (access === 'public') return 'allowed'
  if (!subject.isSignedIn) return 'sign-in'
  if (access === 'account') return 'allowed'
  if (!subject.current) return 'join'
  if (access === 'member') return 'allowed'
  return subject.hasRole(...access) ? 'allowed' : 'denied'
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** False for an address whose id cannot be one (a cut link): no need to ask the database. */
export function hasPossibleIds(params: Record<string, string | string[] | undefined>): boolean {
  return ['id', 'shiftId'].every((name) => {
    const id = params[name]
    return id === undefined || id === 'new' || (typeof id === 'string' && ID.test(id))
  })
}
