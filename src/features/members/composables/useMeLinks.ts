import { useSessionStore } from '@/lib/session'
import {
  Award,
  BadgeCheck,
  Bell,
  Building2,
  CalendarCheck,
  CalendarDays,
  ClipboardCheck,
  Coins,
  FileBadge,
  FilePen,
  Flag,
  Gift,
  GraduationCap,
  HandHeart,
  IdCard,
  Landmark,
  MapPinned,
  MessageSquareWarning,
  NotebookPen,
  ShieldCheck,
  ShoppingBag,
  Medal,
  Sparkles,
  Store,
  Trophy,
  UsersRound,
  Vote,
} from '@lucide/vue'
import type { Component } from 'vue'
import { computed, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'

export interface MeLink {
  to: string
  label: string
  hint?: string
  icon: Component
  shown?: boolean
}

export interface MeGroup {
  label: string
  links: MeLink[]
}

/** What a person finds under 「我的」, by what it is about: only what the roles and the community's modules open. */
export function useMeLinks(): ComputedRef<MeGroup[]> {
  const router = useRouter()
  const session = useSessionStore()
  return computed(() => {
    const groups: MeGroup[] = [
      {
        label: 'members.me.group.service',
        links: [
          { to: '/shifts/mine', label: 'members.me.my_shifts', icon: CalendarCheck },
          {
            to: '/shifts/blocks',
            label: 'places.mine_title',
            icon: UsersRound,
            shown: session.hasRole('partner_contact'),
          },
          { to: '/me/service', label: 'members.me.service', hint: 'members.me.service_hint', icon: Award },
          { to: '/me/year', label: 'members.me.year', hint: 'members.me.year_hint', icon: Sparkles },
          { to: '/me/dossier', label: 'members.me.dossier', hint: 'members.me.dossier_hint', icon: FileBadge },
          { to: '/calendar', label: 'members.me.calendar', hint: 'members.me.calendar_hint', icon: CalendarDays },
          { to: '/corps', label: 'members.me.corps', icon: Flag },
          { to: '/trainings', label: 'members.me.trainings', icon: GraduationCap },
          {
            to: '/me/qualifications',
            label: 'members.me.qualifications',
            hint: 'members.me.qualifications_hint',
            icon: BadgeCheck,
            shown: session.hasRole('volunteer'),
          },
        ],
      },
      {
        label: 'members.me.group.neighbours',
        links: [
          { to: '/wishes/mine', label: 'members.me.wishes', hint: 'members.me.wishes_hint', icon: Gift },
          { to: '/grid', label: 'members.me.grid', hint: 'members.me.grid_hint', icon: MapPinned },
          { to: '/me/people', label: 'members.me.people', hint: 'members.me.people_hint', icon: HandHeart },
          {
            to: '/lead/appraisal',
            label: 'members.me.opinions',
            hint: 'members.me.opinions_hint',
            icon: Vote,
            shown: session.isModuleOn('appraisal'),
          },
        ],
      },
      {
        label: 'members.me.group.points',
        links: [
          {
            to: '/me/points',
            label: 'members.me.points',
            hint: 'members.me.points_hint',
            icon: Coins,
            shown: session.isModuleOn('points'),
          },
          {
            to: '/rewards',
            label: 'rewards.shop.title',
            hint: 'members.me.rewards_hint',
            icon: ShoppingBag,
            shown: session.isModuleOn('points') && session.isModuleOn('rewards'),
          },
          {
            to: '/me/awards',
            label: 'members.me.awards',
            hint: 'members.me.awards_hint',
            icon: Medal,
            shown: session.isModuleOn('appraisal'),
          },
          {
            to: '/boards',
            label: 'members.me.boards',
            hint: 'members.me.boards_hint',
            icon: Trophy,
            shown: session.current?.modules['boards'] !== false,
          },
        ],
      },
      {
        label: 'members.me.group.party',
        links: [
          {
            to: '/me/duties',
            label: 'members.me.duties',
            hint: 'members.me.duties_hint',
            icon: NotebookPen,
            shown: session.hasRole('party_member') && session.isModuleOn('party_posts'),
          },
          {
            to: '/party/posts',
            label: 'members.me.party',
            hint: 'members.me.party_hint',
            icon: IdCard,
            shown: session.hasRole('party_member'),
          },
          {
            to: '/party/report-in',
            label: 'members.me.report_in',
            hint: 'members.me.report_in_hint',
            icon: IdCard,
            shown: !session.hasRole('party_member') && session.current?.modules['party_posts'] === true,
          },
        ],
      },
      {
        label: 'members.me.group.work',
        links: [
          {
            to: '/lead/duties',
            label: 'members.me.verify',
            hint: 'members.me.verify_hint',
            icon: ClipboardCheck,
            shown:
              session.hasRole('branch_secretary', 'deputy_branch_secretary', 'party_group_leader') &&
              session.isModuleOn('party_posts'),
          },
          {
            to: '/lead/meetings',
            label: 'members.me.meetings',
            icon: UsersRound,
            shown:
              session.hasRole('deputy_branch_secretary', 'party_group_leader') && session.isModuleOn('party_posts'),
          },
          {
            to: '/office/branch',
            label: 'members.me.branch',
            icon: Landmark,
            shown: session.hasRole('branch_secretary') && session.isModuleOn('party_posts'),
          },
          {
            to: '/party/confirm',
            label: 'members.me.confirm',
            hint: 'members.me.confirm_hint',
            icon: BadgeCheck,
            shown: session.hasRole(
              'branch_secretary',
              'deputy_branch_secretary',
              'party_group_leader',
              'party_worker',
              'community_secretary',
            ),
          },
          { to: '/counter', label: 'rewards.counter.title', icon: Store, shown: session.hasRole('reward_clerk') },
          {
            to: '/lead/corrections',
            label: 'members.me.corrections',
            icon: FilePen,
            shown: session.hasRole('corps_leader'),
          },
          {
            to: '/office',
            label: 'members.me.office',
            icon: Building2,
            shown: session.hasRole('community_worker', 'community_secretary', 'street_admin', 'grid_worker'),
          },
        ],
      },
      {
        label: 'members.me.group.account',
        links: [
          { to: '/inbox', label: 'members.me.inbox', icon: Bell },
          { to: '/me/privacy', label: 'members.me.privacy', hint: 'members.me.privacy_hint', icon: ShieldCheck },
          { to: '/me/privacy#complain', label: 'members.me.complain', icon: MessageSquareWarning },
        ],
      },
    ]
    return groups
      .map((group) => ({
        ...group,
        links: group.links.filter((link) => link.shown !== false && !router.resolve(link.to).meta['isNotFound']),
      }))
      .filter((group) => group.links.length > 0)
  })
}
