import { errorMessage } from '@/lib/errors'
import { newId } from '@/lib/id'
import type { OutboxLabel } from '@/lib/outbox'
import { useOutbox } from '@/lib/outbox'
import { sendCommand } from '@/lib/send-command'
import { useSessionStore } from '@/lib/session'
import { useQueryCache } from '@pinia/colada'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useToast } from './toast'

/**
 * One form and its command: whether it is under way, what went wrong in words, and `run`. With a
 * label the command goes through the outbox and may wait there for the network.
 *
 * @param keys query keys that the command makes stale
 * @example const { busy, failure, run } = useCommand([['hours']])
 * if (await run('withdraw_backfill', { p_backfill_id: id }, t('hours.withdrawn'))) open.value = false
 */
export function useCommand(keys: readonly (readonly string[])[]) {
  const { t, te } = useI18n()
  const toast = useToast()
  const cache = useQueryCache()
  const outbox = useOutbox()
  const session = useSessionStore()
  const busy = ref(false)
  const failure = ref<string | null>(null)

  /** True when it is done, or waits in the outbox. */
  async function run(command: string, args: Record<string, unknown>, words: string, label?: OutboxLabel) {
    if (busy.value || !session.communityId) return false
    busy.value = true
    failure.value = null
    try {
      const community = { p_community_id: session.communityId }
      const queued = label
        ? await outbox
            .send({
              command,
              args: { ...community, p_id: newId(), ...args },
              label,
              invalidates: keys.map((key) => [...key]),
            })
            .then(({ status }) => status === 'queued')
        : await sendCommand(command, session.communityId, args).then(() => false)
      if (queued) toast.info(t('ui.queued'))
      else toast.success(words)
      await Promise.all(keys.map((key) => cache.invalidateQueries({ key: [...key] }).catch(() => undefined)))
      return true
    } catch (error) {
      failure.value = errorMessage({ t, te }, error)
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, run }
}
