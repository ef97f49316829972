import { toAppError } from './errors'
import { newId } from './id'
import { rpc } from './supabase'

/** Commands whose answer was lost: sent again with the same content, they go under the same id. */
const unanswered = new Map<string, string>()

/**
 * Sends one SQL command at once (the outbox is for what must also work offline). A second tap
 * after a lost answer finds the row of the first. Throws AppError.
 *
 * @example await sendCommand('submit_activity', communityId, { p_activity_id: id })
 */
export async function sendCommand<T = unknown>(
  name: string,
  communityId: string,
  args: Record<string, unknown>,
): Promise<T> {
  const key = JSON.stringify([name, communityId, args])
  const id = unanswered.get(key) ?? newId()
  unanswered.set(key, id)
  try {
    const answer = await rpc<T>(name, { p_community_id: communityId, p_id: id, ...args })
    unanswered.delete(key)
    return answer
  } catch (raw) {
    const error = toAppError(raw)
    if (!error.isTransient) unanswered.delete(key)
    throw error
  }
}
