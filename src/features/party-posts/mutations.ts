import type { AppError } from '@/lib/errors'
import { AppError as Refusal, toAppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useOutbox } from '@/lib/outbox'
import { sendCommand } from '@/lib/send-command'
import { useSessionStore } from '@/lib/session'
import { useToast } from '@/ui/toast'
import { useQueryCache } from '@pinia/colada'
import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { PARTY_POST_KEYS } from './queries'

/** What a member says for oneself; it may wait in the outbox for the network. */
export type OwnCommand = 'report_in' | 'make_pledge' | 'note_pledge'

/**
 * One act of a screen: sends it, says what came of it, refreshes what it changed. `run` gives whether it is done (or, of a
 * member's own words, kept to be sent); `error` is the refusal, in words by UiFormError.
 */
export function usePartyAct() {
  const outbox = useOutbox()
  const cache = useQueryCache()
  const session = useSessionStore()
  const toast = useToast()
  const { t } = useI18n()
  const pending = ref(false)
  const error = shallowRef<AppError | null>(null)

  async function act(work: (communityId: string) => Promise<string>): Promise<boolean> {
    if (pending.value) return false
    pending.value = true
    error.value = null
    try {
      if (!session.communityId) throw new Refusal('not_a_member', { status: 403 })
      toast.success(await work(session.communityId))
      return true
    } catch (raw) {
      error.value = toAppError(raw)
      return false
    } finally {
      pending.value = false
      void cache.invalidateQueries({ key: [...PARTY_POST_KEYS.root] })
    }
  }

  /** A command that needs its answer now. */
  const run = (command: string, args: Record<string, unknown>, done: string) =>
    act(async (communityId) => {
      await sendCommand(command, communityId, args)
      return done
    })

  const say = (command: OwnCommand, args: Record<string, unknown>, done: string) =>
    act(async (communityId) => {
      const outcome = await outbox.send({
        command,
        args: { p_community_id: communityId, p_id: newId(), ...args },
        label: { key: `posts.outbox.${command}` },
        invalidates: [[...PARTY_POST_KEYS.root]],
      })
      return outcome.status === 'queued' ? t('posts.queued') : done
    })

  return { run, say, pending, error }
}
