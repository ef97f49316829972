import type { Role } from '@/lib/session'
import {
  Activity,
  Bell,
  CalendarDays,
  ClipboardList,
  FileUp,
  Flag,
  House,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  MapPinned,
  QrCode,
  ShieldCheck,
  Ticket,
  UserRound,
  UserRoundCheck,
  Users,
} from '@lucide/vue'
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

export interface NavGroup {
  label: string | null
  items: NavItem[]
}

/** Who works in the office screens. */
export const OFFICE_ROLES: Role[] = [
  'community_secretary',
  'community_worker',
  'grid_worker',
  'street_admin',
]

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

/** The side bar of the office, by group. */
export const OFFICE_NAV: NavGroup[] = [
  {
    label: null,
    items: [{ path: '/office', label: 'common.nav.office', icon: LayoutDashboard }],
  },
  {
    label: 'common.nav.group_people',
    items: [
      { path: '/office/people', label: 'common.nav.members', icon: Users },
      { path: '/office/joins', label: 'common.nav.joins', icon: UserRoundCheck },
      { path: '/office/invites', label: 'common.nav.invites', icon: Ticket },
      { path: '/office/import', label: 'common.nav.import', icon: FileUp },
    ],
  },
  {
    label: 'common.nav.group_activities',
    items: [
      { path: '/office/activities', label: 'common.nav.activities', icon: ClipboardList },
      { path: '/lead', label: 'common.nav.today', icon: ListChecks },
      { path: '/corps', label: 'common.nav.corps', icon: Flag },
      { path: '/grid', label: 'common.nav.grid', icon: MapPinned },
    ],
  },
  {
    label: 'common.nav.group_office',
    items: [
      { path: '/office/roles', label: 'common.nav.roles', icon: KeyRound },
      { path: '/office/privacy', label: 'common.nav.privacy', icon: ShieldCheck },
      { path: '/office/health', label: 'common.nav.health', icon: Activity },
    ],
  },
]

/** The part of a registry that this person sees. */
export function visibleNav(
  items: readonly NavItem[],
  hasRole: (...roles: Role[]) => boolean,
  exists: (path: string) => boolean,
): NavItem[] {
  return items.filter((item) => (!item.roles || hasRole(...item.roles)) && exists(item.path))
}
