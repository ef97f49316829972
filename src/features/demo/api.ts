import { learnServerTime } from '@/lib/clock'
import { rpc } from '@/lib/supabase'
import { parseTime } from '@/lib/time'
import { forwardSteps } from './rules'

/** Lets the time of the demo installation run ahead, and teaches this device the new time. */
export async function runAhead(minutes: number): Promise<void> {
  for (const step of forwardSteps(minutes)) {
    const startedAt = Date.now()
    const { server_time } = await rpc<{ server_time: string }>('advance_demo_clock', { p_minutes: step })
    learnServerTime(parseTime(server_time).getTime(), startedAt)
  }
}

export interface NextShift {
  title: string
  startsAt: Date
}

interface ShiftRow {
  title: string
  starts_at: string
  status?: string
}

/** The next shift one has a place in; without any, the next that is open to all. */
export async function fetchNextShift(communityId: string, now: number): Promise<NextShift | null> {
  const { signups } = await rpc<{ signups: ShiftRow[] }>('my_shifts', { p_community_id: communityId })
  const mine = soonest(
    signups.filter((s) => s.status === 'confirmed'),
    now,
  )
  if (mine) return mine
  const { shifts } = await rpc<{ shifts: ShiftRow[] }>('list_shifts', { p_community_id: communityId })
  return soonest(shifts, now)
}

function soonest(rows: readonly ShiftRow[], now: number): NextShift | null {
  const [first] = rows
    .map((row) => ({ title: row.title, startsAt: parseTime(row.starts_at) }))
    .filter((shift) => shift.startsAt.getTime() > now)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  return first ?? null
}
