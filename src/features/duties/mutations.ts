import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { SendOutcome } from '@/lib/outbox'
import { useOutbox } from '@/lib/outbox'
import { useSessionStore } from '@/lib/session'
import { fromLocalInput } from '@/lib/time'
import { useMutation, useQueryCache } from '@pinia/colada'
import { useI18n } from 'vue-i18n'
import { DUTY_KEYS } from './queries'
import type { DutyForm } from './rules'
import { draftOf } from './rules'

/** Logs a duty (or sends a corrected one again); waits in the outbox without network. */
export function useLogDuty() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  const { t } = useI18n()
  return useMutation({
    mutation: async (form: DutyForm): Promise<SendOutcome<unknown>> => {
      if (!session.communityId || !form.kind) throw new AppError('not_a_member', { status: 403 })
      const draft = draftOf(form)
      return outbox.send({
        command: 'log_duty',
        args: {
          p_community_id: session.communityId,
          p_id: newId(),
          p_kind: form.kind,
          p_happened_at: fromLocalInput(form.at),
          p_minutes: form.minutes,
          p_grid_id: form.gridId || null,
          p_building_id: form.buildingId || null,
          p_note: form.note.trim() || null,
          p_helped_count: form.helpedCount,
          p_helped_person_ids: form.people,
          p_draft_kind: draft?.kind ?? null,
          p_draft_text: draft?.text ?? null,
          p_log_id: form.logId,
          p_photo_ids: form.photos,
        },
        label: { key: 'duties.outbox.log', params: { kind: t(`duties.kind.${form.kind}`) } },
        invalidates: [[...DUTY_KEYS.root], ['party']],
      })
    },
    onSettled: () => cache.invalidateQueries({ key: [...DUTY_KEYS.root] }),
  })
}

export type Review = { logId: string; name: string } & (
  | { command: 'verify_duty' }
  | { command: 'return_duty'; reason: string }
)

/** The leader's word on a duty. */
export function useReviewDuty() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  return useMutation({
    mutation: async (review: Review): Promise<SendOutcome<unknown>> => {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      return outbox.send({
        command: review.command,
        args: {
          p_community_id: session.communityId,
          p_id: newId(),
          p_log_id: review.logId,
          ...(review.command === 'return_duty' ? { p_reason: review.reason } : {}),
        },
        label: { key: `duties.outbox.${review.command}`, params: { name: review.name } },
        invalidates: [[...DUTY_KEYS.root], ['party']],
      })
    },
    onSettled: () => cache.invalidateQueries({ key: [...DUTY_KEYS.root] }),
  })
}
