import type { CorpsColor } from '@/lib/corps'
import { CORPS_COLORS } from '@/lib/corps'

export const ROSTER_KINDS = ['residents', 'volunteers', 'party_members', 'staff'] as const
export type RosterKind = (typeof ROSTER_KINDS)[number]

const PERSON = ['name', 'phone', 'birth', 'compound', 'building', 'entrance', 'door', 'grid'] as const

/** The fields of a kind in the order of its template; the names are those of import_roster_rows. */
export const FIELDS = {
  residents: [...PERSON],
  volunteers: [...PERSON, 'corps', 'skills', 'availability', 'guardian_name', 'guardian_phone'],
  party_members: [
    ...PERSON,
    'party_kind',
    'party_org',
    'party_group',
    'home_unit',
    'post',
    'exempt_reason',
    'relay_phone',
    'from',
  ],
  staff: ['name', 'phone', 'birth', 'title', 'business_line', 'relay_phone', 'grid', 'from'],
} as const satisfies Record<RosterKind, readonly string[]>

export type RosterField = (typeof FIELDS)[RosterKind][number]

/** The longest text of each field in code points; the database has the same (private.roster_fields). */
export const MAX_LENGTH: Record<RosterField, number> = {
  name: 50,
  phone: 30,
  birth: 20,
  compound: 40,
  building: 30,
  entrance: 20,
  door: 20,
  grid: 40,
  corps: 120,
  skills: 200,
  availability: 120,
  guardian_name: 50,
  guardian_phone: 30,
  party_kind: 40,
  party_org: 60,
  party_group: 60,
  home_unit: 60,
  post: 40,
  exempt_reason: 60,
  relay_phone: 30,
  from: 20,
  title: 40,
  business_line: 40,
}

/** A file without these columns cannot be imported as this kind. */
export const REQUIRED: Record<RosterKind, readonly RosterField[]> = {
  residents: ['name', 'birth'],
  volunteers: ['name', 'birth'],
  party_members: ['name', 'birth', 'party_kind'],
  staff: ['name', 'title', 'relay_phone'],
}

export const AVAILABILITY = ['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening', 'anytime'] as const

/** The codes a field takes (domain.md), in the order a person reads them. */
export const CODES: Partial<Record<RosterField, readonly string[]>> = {
  corps: CORPS_COLORS,
  availability: AVAILABILITY,
  party_kind: ['managed', 'in_service', 'floating'],
  post: ['grid_delegate', 'publicist', 'hygienist', 'safety_officer', 'mediator', 'professional_post', 'service_post'],
  title: [
    'community_secretary',
    'deputy_secretary',
    'director',
    'deputy_director',
    'grid_worker',
    'line_worker',
    'social_worker',
  ],
  business_line: [
    'party_building',
    'civil_affairs',
    'health',
    'security',
    'mediation',
    'environment',
    'employment',
    'culture',
    'general',
  ],
}

/** Fields that hold several values in one cell. */
export const LISTS: ReadonlySet<RosterField> = new Set<RosterField>(['corps', 'availability', 'skills'])

export type CorpsNames = Record<CorpsColor, string>
