import type { Figures } from './figures.ts'
import { idOf } from './random.ts'

/** Rows of one table, in the order of insertion; every row of a table has the same keys. */
export type Row = Record<string, unknown>

export interface Person {
  id: string
  name: string
  age: number
  birthYear: number
  birthMonth: number
  grid: number
  household: number
  phone: string | null
  hasPhone: boolean
  userId?: string
}

/** A command to be replayed: at this moment, by this user, with this id. */
export interface Event {
  at: number
  user: string
  community: string
  id: string
  command: string
  args: Row
}

export interface Claim {
  person: Person
  at: number
  outcome: 'attended' | 'cancelled' | 'late_cancelled' | 'excused' | 'no_show'
  cancelAt?: number
  in?: number
  out?: number
  byCode?: boolean
  minutes?: number
}

export interface Corps {
  id: string
  color: string
  /** Two, so that one can confirm the other. */
  leaders: Person[]
}

/** One community while it is being made up. */
export interface Community {
  figures: Figures
  id: string
  rows: Map<string, Row[]>
  events: Event[]
  gridIds: string[]
  /** Building ids by 片. */
  buildings: { id: string; grid: number; name: string }[]
  persons: Person[]
  /** Persons who already are something that excludes other posts (staff, demo accounts). */
  taken: Set<string>
  placeIds: (string | undefined)[]
  corps: Corps[]
  gridWorkers: Person[]
  /** Who had a 片 before it was handed over. */
  formerGridWorkers: { grid: number; person: Person; until: number }[]
  secretary: Person
  volunteers: Person[]
  active: Person[]
  demo: Partial<Record<DemoRole, Person>>
  /** What the replay must come to. */
  expected: { minutes: number; points: number; records: number; signups: number; duties: number; partyMeetings: number }
}

export const DEMO_ROLES = [
  'resident',
  'volunteer',
  'corps_leader',
  'managed_member',
  'in_service_member',
  'branch_secretary',
  'grid_worker',
  'building_head',
  'community_secretary',
  'partner_contact',
  'reward_clerk',
  'street_admin',
] as const
export type DemoRole = (typeof DEMO_ROLES)[number]

export function add(community: Community, table: string, ...rows: Row[]): void {
  const list = community.rows.get(table)
  if (list) for (const row of rows) list.push(row)
  else community.rows.set(table, [...rows])
}

/** The id of something in a community, by its natural key. */
export function keyed(community: Community, ...key: (string | number)[]): string {
  return idOf(community.figures.key, ...key)
}

export function emit(
  community: Community,
  at: number,
  user: string,
  command: string,
  key: (string | number)[],
  args: Row,
): string {
  const id = keyed(community, 'event', command, ...key)
  community.events.push({ at, user, community: community.id, id, command, args })
  return id
}

export function userOf(person: Person): string {
  if (!person.userId) throw new Error(`The demo data let ${person.name} act without an account.`)
  return person.userId
}
