import type { CorpsColor } from '@/lib/corps'

/** The 21 categories of the national volunteer site, in its order. */
export const CATEGORIES = [
  'community_service',
  'poverty_relief',
  'education',
  'health',
  'legal',
  'environment',
  'science',
  'culture',
  'safety',
  'civility',
  'traffic',
  'fire',
  'rescue',
  'anti_drug',
  'sports',
  'tourism',
  'special_care',
  'large_event',
  'overseas',
  'tax',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

export const QUALIFICATIONS = [
  'lawyer',
  'electrician',
  'doctor',
  'nurse',
  'first_aid',
  'counsellor',
  'teacher',
  'mediator',
] as const
export type Qualification = (typeof QUALIFICATIONS)[number]

export const SHIFT_ROLES = ['helper', 'lead', 'professional', 'logistics'] as const
export type ShiftRole = (typeof SHIFT_ROLES)[number]

export type ActivityStatus =
  | 'draft'
  | 'pending_review'
  | 'published'
  | 'finished'
  | 'settled'
  | 'cancelled'
  | 'rejected'

export interface ActivityShift {
  id: string
  startsAt: Date
  endsAt: Date
  /** From when one may sign up; null: since it was published. */
  opensAt: Date | null
  isCancelled: boolean
  roles: (RoleRow & { id: string; taken: number })[]
}

/** Places of a role and what it asks for, as the database keeps it. */
export interface RoleRow {
  name: ShiftRole
  capacity: number
  qualification_kind?: Qualification | null
  min_age?: number | null
  max_age?: number | null
}

export interface Activity {
  id: string
  corps: { id: string; name: string; color: CorpsColor }
  title: string
  summary: string
  riskNote: string
  category: Category
  place: { id: string; name: string } | null
  meetingPoint: string
  isVolunteerService: boolean
  isHazardous: boolean
  insuranceRef: string
  qualification: Qualification | null
  minAge: number
  status: ActivityStatus
  statusReason: string | null
  createdAt: Date
  shifts: ActivityShift[]
}

/** One line of the calendar of the office. */
export interface CalendarShift {
  id: string
  activityId: string
  title: string
  startsAt: Date
  endsAt: Date
  day: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
  capacity: number
  taken: number
  waiting: number
}

export interface Choice {
  id: string
  name: string
}

export interface CorpsChoice extends Choice {
  color: CorpsColor
}

/** Places of a role as they are typed. */
export interface RoleDraft {
  id: string
  name: ShiftRole
  capacity: number | null
  qualification: Qualification | ''
  minAge: number | null
  maxAge: number | null
}

/** A shift as it is typed: Shanghai wall clock; an end before the start is on the next day. */
export interface ShiftDraft {
  id: string
  day: string
  start: string
  end: string
  /** Sign-up opens that many days before; null: as soon as it is published. */
  opensDays: number | null
  roles: RoleDraft[]
}

/** An activity as it is typed. */
export interface ActivityDraft {
  id: string
  corpsId: string
  title: string
  summary: string
  category: Category | ''
  placeId: string
  meetingPoint: string
  riskNote: string
  isHazardous: boolean
  insuranceRef: string
  isProfessional: boolean
  qualification: Qualification | ''
  minAge: number | null
  shifts: ShiftDraft[]
}
