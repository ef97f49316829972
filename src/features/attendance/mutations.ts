import { SHIFT_KEYS } from '@/features/shifts'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { SendOutcome } from '@/lib/outbox'
import { useOutbox } from '@/lib/outbox'
import { parseAnswer } from '@/lib/parse'
import { useSessionStore } from '@/lib/session'
import { useMutation, useQueryCache } from '@pinia/colada'
import { ATTENDANCE_KEYS } from './queries'
import type { ConfirmAnswer } from './schema'
import { confirmAnswerSchema } from './schema'

/** Somebody who did not come: excused with a reason, or marked as not come. */
export type Absence = { signupId: string; name: string } & (
  | { command: 'excuse_absence'; reason: string }
  | { command: 'mark_no_show' }
)

export function useNoteAbsence() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: async (absence: Absence): Promise<SendOutcome<unknown>> => {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      return outbox.send({
        command: absence.command,
        args: {
          p_community_id: session.communityId,
          p_id: newId(),
          p_signup_id: absence.signupId,
          ...(absence.command === 'excuse_absence' ? { p_reason: absence.reason } : {}),
        },
        label: { key: `attendance.outbox.${absence.command}`, params: { name: absence.name } },
        invalidates: [[...ATTENDANCE_KEYS.root], [...SHIFT_KEYS.root]],
      })
    },
    onSettled: () => cache.invalidateQueries({ key: [...ATTENDANCE_KEYS.root] }),
  })
}

export interface ConfirmAttendance {
  shiftId: string
  title: string
  /** Only these; without it everybody who is checked out. */
  signupIds?: string[]
}

/**
 * Confirms those who are checked out: their hours and points come from the server. Goes through
 * the outbox, behind the scans that still wait there. Gives null when it waits, too.
 */
export function useConfirmAttendance() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: async ({ shiftId, title, signupIds }: ConfirmAttendance): Promise<ConfirmAnswer | null> => {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      const outcome = await outbox.send({
        command: 'confirm_attendance',
        args: {
          p_community_id: session.communityId,
          p_id: newId(),
          p_shift_id: shiftId,
          ...(signupIds ? { p_signup_ids: signupIds } : {}),
        },
        label: { key: 'attendance.outbox.confirm', params: { title } },
        invalidates: [[...ATTENDANCE_KEYS.root], [...SHIFT_KEYS.root]],
      })
      return outcome.status === 'queued' ? null : parseAnswer(confirmAnswerSchema, outcome.data)
    },
    onSettled: () => cache.invalidateQueries({ key: [...ATTENDANCE_KEYS.root] }),
  })
}
