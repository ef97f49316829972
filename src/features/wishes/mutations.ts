import { AppError, errorMessage } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useOutbox } from '@/lib/outbox'
import { useSessionStore } from '@/lib/session'
import { useToast } from '@/ui/toast'
import { useQueryCache } from '@pinia/colada'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { WISH_KEYS } from './queries'

export type WishCommand =
  | 'submit_wish'
  | 'submit_wishes'
  | 'review_wish'
  | 'return_wish'
  | 'claim_wish'
  | 'claim_wishes'
  | 'judge_claim'
  | 'release_wish'
  | 'record_delivery'
  | 'hand_out_goods'
  | 'confirm_realized'
  | 'send_thanks'
  | 'judge_thanks'
  | 'withdraw_wish'

/**
 * One act of a wish at a time, through the outbox: without network it waits there and is sent in
 * order. `act` gives the answer, `queued`, or null when it was refused (`failure` says why).
 *
 * @example const { act, busy, failure } = useWishAct(); await act('claim_wish', { p_wish_id: id }, wish.title)
 */
export function useWishAct() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  const toast = useToast()
  const { t, te } = useI18n()
  const busy = ref(false)
  const failure = ref<string | null>(null)

  async function act<Answer = Record<string, unknown>>(
    command: WishCommand,
    args: Record<string, unknown>,
    title: string,
  ): Promise<Answer | 'queued' | null> {
    if (busy.value) return null
    busy.value = true
    failure.value = null
    try {
      if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
      const outcome = await outbox.send<Answer>({
        command,
        args: { p_community_id: session.communityId, p_id: newId(), ...args },
        label: { key: `wishes.outbox.${command}`, params: { title } },
        invalidates: [[...WISH_KEYS.root]],
        fleeting: true,
      })
      if (outcome.status === 'done') return outcome.data
      toast.info(t('wishes.queued'))
      return 'queued'
    } catch (error) {
      failure.value = errorMessage({ t, te }, error)
      return null
    } finally {
      busy.value = false
      void cache.invalidateQueries({ key: [...WISH_KEYS.root] })
    }
  }

  return { act, busy, failure }
}
