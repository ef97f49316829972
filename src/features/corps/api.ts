import { sendCommand } from '@/lib/send-command'
import type { CorpsColor } from '@/lib/corps'
import { newId } from '@/lib/id'
import { publicRpc, rpc } from '@/lib/supabase'

export interface Corps {
  id: string
  color: CorpsColor
  name: string
  charter: string | null
  relayPhone: string | null
  foundedOn: string
  members: number
  minutesYear: number
  upcoming: number
  iBelong: boolean
  iLead: boolean
  /** Whole where they agreed to be named, else masked. */
  leaders: string[]
  /** The caller's open application, or the last one that was declined. */
  myApplication: { id: string; status: 'submitted' | 'declined'; reason: string | null } | null
  /** How many applications wait; for those who lead it. */
  waiting: number
}

export interface CorpsMember {
  personId: string
  name: string
  volunteerNo: string | null
  joinedOn: string
  isLeader: boolean
  minutesYear: number
}

/** A shift to come, as the page of a corps names it. */
export interface CorpsShift {
  id: string
  title: string
  startsAt: string
  endsAt: string
  placeName: string | null
  free: number
}

/** Somebody who could be taken into a corps. */
export interface MemberCandidate {
  personId: string
  name: string
  volunteerNo: string
  hint: string
  inCorps: boolean
}

export interface CorpsDraft {
  color: CorpsColor
  name: string
  charter: string
  relayPhone: string
}

interface CorpsRow {
  id: string
  color: CorpsColor
  name: string
  charter: string | null
  relay_phone: string | null
  founded_on: string
  members: number
  minutes_year: number
  upcoming: number
  i_belong: boolean
  i_lead: boolean
  leaders: string[]
  my_application: Corps['myApplication']
  waiting: number | null
}

export async function fetchCorps(communityId: string, corpsId: string | null = null): Promise<Corps[]> {
  const rows = await rpc<CorpsRow[]>('corps_overview', { p_community_id: communityId, p_corps_id: corpsId })
  return rows.map((r) => ({
    id: r.id,
    color: r.color,
    name: r.name,
    charter: r.charter,
    relayPhone: r.relay_phone,
    foundedOn: r.founded_on,
    members: r.members,
    minutesYear: r.minutes_year,
    upcoming: r.upcoming,
    iBelong: r.i_belong,
    iLead: r.i_lead,
    leaders: r.leaders,
    myApplication: r.my_application,
    waiting: r.waiting ?? 0,
  }))
}

interface RosterRow {
  person_id: string
  name: string
  volunteer_no: string | null
  joined_on: string
  is_leader: boolean
  minutes_year: number
}

/** The members with their real names: for the leaders of the corps and the office only. */
export async function fetchRoster(communityId: string, corpsId: string): Promise<CorpsMember[]> {
  const rows = await rpc<RosterRow[]>('corps_roster', { p_community_id: communityId, p_corps_id: corpsId })
  return rows.map((r) => ({
    personId: r.person_id,
    name: r.name,
    volunteerNo: r.volunteer_no,
    joinedOn: r.joined_on,
    isLeader: r.is_leader,
    minutesYear: r.minutes_year,
  }))
}

interface ShiftRow {
  id: string
  title: string
  starts_at: string
  ends_at: string
  corps_id: string
  place_name: string | null
  places: { capacity: number; taken: number }
}

export async function fetchCorpsShifts(
  communityId: string,
  corps: { id: string; color: CorpsColor },
): Promise<CorpsShift[]> {
  const { shifts } = await rpc<{ shifts: ShiftRow[] }>('list_shifts', {
    p_community_id: communityId,
    p_colors: [corps.color],
  })
  return shifts
    .filter((s) => s.corps_id === corps.id)
    .map((s) => ({
      id: s.id,
      title: s.title,
      startsAt: s.starts_at,
      endsAt: s.ends_at,
      placeName: s.place_name,
      free: Math.max(0, s.places.capacity - s.places.taken),
    }))
}

/** A volunteer by number, for leaders: the masked name, to check that it is the right one. */
export async function findVolunteer(
  communityId: string,
  corpsId: string,
  volunteerNo: string,
): Promise<MemberCandidate> {
  const r = await rpc<{ person_id: string; display_name: string; volunteer_no: string; in_corps: boolean }>(
    'find_volunteer',
    { p_community_id: communityId, p_corps_id: corpsId, p_volunteer_no: volunteerNo },
  )
  return { personId: r.person_id, name: r.display_name, volunteerNo: r.volunteer_no, hint: '', inCorps: r.in_corps }
}

interface PersonRow {
  id: string
  real_name: string
  phone_masked: string | null
  grid_name: string | null
  volunteer_no: string | null
}

/** Volunteers by name or phone ending, for the office. */
export async function searchVolunteers(communityId: string, search: string): Promise<MemberCandidate[]> {
  const { people } = await rpc<{ people: PersonRow[] }>('list_people', {
    p_community_id: communityId,
    p_search: search,
    p_kind: 'volunteer',
    p_limit: 20,
  })
  return people.map((p) => ({
    personId: p.id,
    name: p.real_name,
    volunteerNo: p.volunteer_no ?? '',
    hint: [p.grid_name, p.phone_masked].filter(Boolean).join(' · '),
    inCorps: false,
  }))
}

/** Founds a corps (`corpsId` null) or edits one. Returns its id. */
export async function saveCorps(communityId: string, corpsId: string | null, draft: CorpsDraft): Promise<string> {
  const id = corpsId ?? newId()
  await sendCommand('save_corps', communityId, {
    p_corps_id: id,
    p_color: draft.color,
    p_name: draft.name,
    p_charter: draft.charter || null,
    p_relay_phone: draft.relayPhone || null,
  })
  return id
}

export const addMember = (communityId: string, corpsId: string, personId: string) =>
  sendCommand('add_corps_member', communityId, { p_corps_id: corpsId, p_person_id: personId })

export const removeMember = (communityId: string, corpsId: string, personId: string) =>
  sendCommand('remove_corps_member', communityId, { p_corps_id: corpsId, p_person_id: personId })

export const reviewApplication = (
  communityId: string,
  v: { applicationId: string; accept: boolean; reason: string | null },
) =>
  sendCommand('review_corps_application', communityId, {
    p_application_id: v.applicationId,
    p_accept: v.accept,
    p_reason: v.reason,
  })

export interface CorpsApplication {
  id: string
  name: string
  volunteerNo: string | null
  note: string | null
  status: 'submitted' | 'accepted' | 'declined'
  reason: string | null
  createdAt: string
  isMe: boolean
  skills: string[]
  minutesTotal: number
  qualifications: string[]
}

interface ApplicationRow {
  id: string
  name: string
  volunteer_no: string | null
  note: string | null
  status: CorpsApplication['status']
  reason: string | null
  created_at: string
  is_me: boolean
  skills: string[] | null
  minutes_total: number
  qualifications: string[]
}

/** Applications that wait or were lately decided, for the leaders of the corps and the office. */
export async function fetchApplications(communityId: string, corpsId: string): Promise<CorpsApplication[]> {
  const rows = await rpc<ApplicationRow[]>('corps_desk', { p_community_id: communityId, p_corps_id: corpsId })
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    volunteerNo: r.volunteer_no,
    note: r.note,
    status: r.status,
    reason: r.reason,
    createdAt: r.created_at,
    isMe: r.is_me,
    skills: r.skills ?? [],
    minutesTotal: r.minutes_total,
    qualifications: r.qualifications,
  }))
}

/** What everybody may see of a corps. */
export interface PublicCorps {
  id: string
  communityId: string
  communityName: string
  isDemo: boolean
  color: CorpsColor
  name: string
  charter: string | null
  relayPhone: string | null
  leaders: string[]
  members: number
  minutesYear: number
  openShifts: CorpsShift[]
}

interface PublicCorpsRow {
  id: string
  community_id: string
  community_name: string
  is_demo: boolean
  color: CorpsColor
  name: string
  charter: string | null
  relay_phone: string | null
  leaders: string[]
  members: number
  minutes_year: number
  open_shifts: {
    id: string
    title: string
    starts_at: string
    ends_at: string
    place_name: string | null
    capacity: number
    taken: number
  }[]
}

export async function fetchPublicCorps(communityId: string, corpsId: string): Promise<PublicCorps | null> {
  const r = await publicRpc<PublicCorpsRow | null>('public_corps', { p_community_id: communityId, p_corps_id: corpsId })
  return (
    r && {
      id: r.id,
      communityId: r.community_id,
      communityName: r.community_name,
      isDemo: r.is_demo,
      color: r.color,
      name: r.name,
      charter: r.charter,
      relayPhone: r.relay_phone,
      leaders: r.leaders,
      members: r.members,
      minutesYear: r.minutes_year,
      openShifts: r.open_shifts.map((s) => ({
        id: s.id,
        title: s.title,
        startsAt: s.starts_at,
        endsAt: s.ends_at,
        placeName: s.place_name,
        free: Math.max(0, s.capacity - s.taken),
      })),
    }
  )
}
