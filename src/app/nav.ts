import type { Role } from '@/lib/session'
import { Bell, CalendarDays, House, QrCode, UserRound } from '@lucide/vue'
import type { Component } from 'vue'

export interface NavItem {
  /** Path of the page; an item whose page does not exist is not shown. */
  path: string
  /** Locale key. */
  label: string
  icon: Component
  /** Without it everybody sees the item. */
  roles?: Role[]
}

/** The bottom bar; the one in the middle is the member's code. */
export const PHONE_NAV: NavItem[] = [
  { path: '/', label: 'common.nav.home', icon: House },
  { path: '/shifts', label: 'common.nav.shifts', icon: CalendarDays },
  { path: '/code', label: 'common.nav.code', icon: QrCode },
  { path: '/inbox', label: 'common.nav.inbox', icon: Bell },
  { path: '/me', label: 'common.nav.me', icon: UserRound },
]

export const CODE_PATH = '/code'
export const INBOX_PATH = '/inbox'

/** The part of a registry that this person sees. */
export function visibleNav(
  items: readonly NavItem[],
  hasRole: (...roles: Role[]) => boolean,
  exists: (path: string) => boolean,
): NavItem[] {
  return items.filter((item) => (!item.roles || hasRole(...item.roles)) && exists(item.path))
}
