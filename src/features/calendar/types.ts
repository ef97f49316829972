import type { RoleRow } from '@/features/activities'
import type { CorpsColor } from '@/lib/corps'

/** One shift in the calendar everybody sees. */
export interface CalendarEntry {
  id: string
  /** The day on which it begins, in Shanghai. */
  day: string
  startsAt: Date
  endsAt: Date
  title: string
  corpsId: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
  capacity: number
  taken: number
  isCancelled: boolean
  isSeries: boolean
  /** The state of one's own sign-up, or null. */
  mine: string | null
}

export interface Calendar {
  communityId: string | null
  communityName: string | null
  entries: CalendarEntry[]
}

/** How a series comes again. Weekdays are ISO: 1 is Monday. */
export interface Recurrence {
  frequency: 'weekly' | 'monthly'
  every: number
  weekdays: number[]
  monthDay: number | null
  start: string
  minutes: number
}

export interface SeriesSummary extends Recurrence {
  id: string
  title: string
  status: 'active' | 'ended'
  untilOn: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
  people: number
  nextAt: Date | null
  drafts: number
  pending: number
  open: number
}

export interface Occurrence {
  originalOn: string
  state: 'live' | 'removed'
  /** What was changed for this time alone. */
  own: string[]
  activityId: string
  shiftId: string
  title: string
  status: string
  statusReason: string | null
  startsAt: Date
  endsAt: Date
  isToCome: boolean
  placeId: string | null
  placeName: string | null
  signedUp: number
  roles: RoleRow[]
}

export interface Series extends Recurrence {
  id: string
  corpsId: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
  /** The fields of its activities, as save_activity takes them. */
  template: Record<string, unknown>
  roles: RoleRow[]
  status: 'active' | 'ended'
  firstOn: string
  untilOn: string
  people: { personId: string; name: string; role: RoleRow['name'] }[]
  occurrences: Occurrence[]
}

/** A series of which one is among the fixed people. */
export interface MySeries extends Recurrence {
  id: string
  title: string
  untilOn: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
}

export type SeriesScope = 'one' | 'later' | 'all'

export interface CalendarRule {
  id: string
  corpsId: string
  corpsColor: CorpsColor
  corpsName: string
  kind: 'service_day' | 'service_month'
  days: number[]
  template: Record<string, unknown>
  roles: RoleRow[]
  start: string
  minutes: number
  isOn: boolean
}

export interface DeskDraft {
  id: string
  title: string
  status: string
  corpsColor: CorpsColor
  corpsName: string
  placeName: string | null
  kind: CalendarRule['kind']
  startsAt: Date | null
  endsAt: Date | null
  capacity: number
  /** What keeps it from being published, as an error slug. */
  problem: string | null
}

export interface CalendarDesk {
  serviceDay: number | null
  serviceMonth: number | null
  missing: number
  rules: CalendarRule[]
  drafts: DeskDraft[]
}

export interface CalendarFeed {
  id: string
  corpsId: string | null
  createdAt: Date
}
