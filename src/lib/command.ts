import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { AppError } from './errors'
import { toAppError } from './errors'
import { newId } from './id'

export interface Command<Args extends unknown[], Result> {
  /** Runs it and gives the answer, or null when it was refused (see `error`). */
  run: (...args: Args) => Promise<Result | null>
  pending: Ref<boolean>
  error: ShallowRef<AppError | null>
}

/**
 * One command of a screen that waits for its answer. The same input sent again carries the same
 * id, so an answer that got lost never makes a second row; other input gets a new id. Presses
 * while it runs are ignored.
 *
 * @example
 * const { run, pending, error } = useCommand((id, name: string) => registerPerson(id, name))
 */
export function useCommand<Args extends unknown[], Result>(
  work: (id: string, ...args: Args) => Promise<Result>,
): Command<Args, Result> {
  const pending = ref(false)
  const error = shallowRef<AppError | null>(null)
  let sent: { payload: string; id: string } | null = null

  async function run(...args: Args): Promise<Result | null> {
    if (pending.value) return null
    const payload = JSON.stringify(args)
    if (sent?.payload !== payload) sent = { payload, id: newId() }
    pending.value = true
    error.value = null
    try {
      const result = await work(sent.id, ...args)
      sent = null
      return result
    } catch (raw) {
      error.value = toAppError(raw)
      return null
    } finally {
      pending.value = false
    }
  }

  return { run, pending, error }
}
