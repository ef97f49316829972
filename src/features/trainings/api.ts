import type { CorpsColor } from '@/lib/corps'
import { sendCommand } from '@/lib/send-command'
import { rpc } from '@/lib/supabase'
import { parseTime } from '@/lib/time'

export type EnrolmentStatus = 'enrolled' | 'passed' | 'failed'

export interface TrainingSummary {
  id: string
  title: string
  status: 'open' | 'cancelled'
  corpsName: string | null
  corpsColor: CorpsColor | null
  placeName: string | null
  startsAt: Date
  sessions: number
  isOver: boolean
  capacity: number
  enrolled: number
  mine: EnrolmentStatus | null
}

export interface TrainingSession {
  id: string
  startsAt: Date
  endsAt: Date
  /** Enrolments that were there; for its leaders. */
  present: string[]
  isRecorded: boolean
  iWasThere: boolean | null
}

export interface TrainingPerson {
  enrolmentId: string
  name: string
  volunteerNo: string | null
  status: EnrolmentStatus
  isMe: boolean
}

export interface Training {
  id: string
  title: string
  summary: string
  status: 'open' | 'cancelled'
  statusReason: string | null
  corpsId: string | null
  corpsName: string | null
  corpsColor: CorpsColor | null
  placeId: string | null
  placeName: string | null
  capacity: number
  enrolled: number
  mine: EnrolmentStatus | null
  iLead: boolean
  sessions: TrainingSession[]
  people: TrainingPerson[]
}

interface SummaryRow {
  id: string
  title: string
  status: 'open' | 'cancelled'
  corps_name: string | null
  corps_color: CorpsColor | null
  place_name: string | null
  starts_at: string
  sessions: number
  is_over: boolean
  capacity: number
  enrolled: number
  mine: EnrolmentStatus | null
}

/** Trainings of a corps with those for everybody, or (null) all of them. */
export async function fetchTrainings(communityId: string, corpsId: string | null): Promise<TrainingSummary[]> {
  const { trainings } = await rpc<{ trainings: SummaryRow[] }>('list_trainings', {
    p_community_id: communityId,
    p_corps_id: corpsId,
  })
  return trainings.map((t) => ({
    id: t.id,
    title: t.title,
    status: t.status,
    corpsName: t.corps_name,
    corpsColor: t.corps_color,
    placeName: t.place_name,
    startsAt: parseTime(t.starts_at),
    sessions: t.sessions,
    isOver: t.is_over,
    capacity: t.capacity,
    enrolled: t.enrolled,
    mine: t.mine,
  }))
}

interface TrainingRow {
  id: string
  title: string
  summary: string | null
  status: 'open' | 'cancelled'
  status_reason: string | null
  corps_id: string | null
  corps_name: string | null
  corps_color: CorpsColor | null
  place_id: string | null
  place_name: string | null
  capacity: number
  enrolled: number
  mine: EnrolmentStatus | null
  i_lead: boolean
  sessions: {
    id: string
    starts_at: string
    ends_at: string
    present: string[] | null
    is_recorded: boolean
    i_was_there: boolean | null
  }[]
  people:
    | { enrolment_id: string; name: string; volunteer_no: string | null; status: EnrolmentStatus; is_me: boolean }[]
    | null
}

export async function fetchTraining(communityId: string, id: string): Promise<Training> {
  const t = await rpc<TrainingRow>('training_detail', { p_community_id: communityId, p_training_id: id })
  return {
    id: t.id,
    title: t.title,
    summary: t.summary ?? '',
    status: t.status,
    statusReason: t.status_reason,
    corpsId: t.corps_id,
    corpsName: t.corps_name,
    corpsColor: t.corps_color,
    placeId: t.place_id,
    placeName: t.place_name,
    capacity: t.capacity,
    enrolled: t.enrolled,
    mine: t.mine,
    iLead: t.i_lead,
    sessions: t.sessions.map((s) => ({
      id: s.id,
      startsAt: parseTime(s.starts_at),
      endsAt: parseTime(s.ends_at),
      present: s.present ?? [],
      isRecorded: s.is_recorded,
      iWasThere: s.i_was_there,
    })),
    people: (t.people ?? []).map((p) => ({
      enrolmentId: p.enrolment_id,
      name: p.name,
      volunteerNo: p.volunteer_no,
      status: p.status,
      isMe: p.is_me,
    })),
  }
}

export const saveTraining = (communityId: string, id: string, training: Record<string, unknown>) =>
  sendCommand('save_training', communityId, { p_training_id: id, p_training: training })
