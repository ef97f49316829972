import {
  Award,
  FileBadge,
  FilePen,
  BadgeCheck,
  Building2,
  ChartColumn,
  CalendarHeart,
  ClipboardList,
  Coins,
  Gift,
  FileUp,
  Hourglass,
  Flag,
  FileClock,
  KeyRound,
  Landmark,
  LayoutDashboard,
  ListChecks,
  MapPinned,
  Settings,
  ShieldCheck,
  ShoppingBag,
  Ticket,
  Trophy,
  UserRoundCheck,
  Users,
  IdCard,
  Network,
} from '@lucide/vue'
import type { Role } from '@/lib/session'
import type { NavItem } from './nav'

const PARTY_LEADERS: Role[] = [
  'branch_secretary',
  'deputy_branch_secretary',
  'party_group_leader',
  'party_worker',
  'community_secretary',
]

export interface NavGroup {
  label: string | null
  items: NavItem[]
}

/** The side bar of the office, by group. */
export const OFFICE_NAV: NavGroup[] = [
  {
    label: null,
    items: [
      { path: '/office', label: 'common.nav.office', icon: LayoutDashboard },
      { path: '/street', label: 'common.nav.street', icon: Building2, roles: ['street_admin'] },
      { path: '/office/year', label: 'common.nav.year', icon: ChartColumn },
    ],
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
      { path: '/office/wishes', label: 'common.nav.wishes', icon: Gift },
      { path: '/office/activities', label: 'common.nav.activities', icon: ClipboardList },
      { path: '/office/calendar', label: 'common.nav.service_days', icon: CalendarHeart },
      { path: '/office/qualifications', label: 'common.nav.qualifications', icon: BadgeCheck },
      { path: '/lead', label: 'common.nav.today', icon: ListChecks },
      { path: '/office/hours', label: 'common.nav.hours', icon: Hourglass },
      { path: '/corps', label: 'common.nav.corps', icon: Flag },
      { path: '/boards', label: 'common.nav.boards', icon: Trophy },
      { path: '/grid', label: 'common.nav.grid', icon: MapPinned },
    ],
  },
  {
    label: 'common.nav.group_party',
    items: [
      { path: '/office/branch', label: 'common.nav.branch', icon: Landmark, roles: ['branch_secretary'] },
      { path: '/office/party', label: 'common.nav.party_tree', icon: Network, roles: PARTY_LEADERS },
      { path: '/office/posts', label: 'common.nav.party_posts', icon: IdCard, roles: PARTY_LEADERS },
      { path: '/party/confirm', label: 'common.nav.party_confirm', icon: BadgeCheck, roles: PARTY_LEADERS },
    ],
  },
  {
    label: 'common.nav.group_office',
    items: [
      { path: '/office/points', label: 'common.nav.points', icon: Coins },
      {
        path: '/office/rewards',
        label: 'common.nav.rewards',
        icon: ShoppingBag,
        roles: ['community_secretary', 'street_admin'],
      },
      {
        path: '/office/appraisal',
        label: 'common.nav.appraisal',
        icon: Award,
        roles: ['community_worker', 'community_secretary', 'street_admin', 'party_worker'],
      },
      { path: '/office/roles', label: 'common.nav.roles', icon: KeyRound },
      { path: '/office/dossiers', label: 'common.nav.dossiers', icon: FileBadge },
      { path: '/office/corrections', label: 'common.nav.corrections', icon: FilePen },
      { path: '/office/privacy', label: 'common.nav.privacy', icon: ShieldCheck },
      {
        path: '/office/audit',
        label: 'common.nav.audit',
        icon: FileClock,
        roles: ['community_secretary', 'street_admin'],
      },
      {
        path: '/office/settings',
        label: 'common.nav.settings',
        icon: Settings,
        roles: ['community_secretary', 'street_admin'],
      },
    ],
  },
]
