import { type AppError, toAppError } from './errors'
import { localStore } from './storage'

const PREFIX = 'sanlian.kept.'
const KEEP_MS = 48 * 3_600_000

interface Kept {
  at: number
  value: unknown
}

/** Keeps the last answer of a read on this device, for the time without network. */
export function keep(key: readonly string[], value: unknown): void {
  localStore.set(PREFIX + key.join('.'), { at: Date.now(), value } satisfies Kept)
}

/** What was kept, unless it is too old (48 hours unless told otherwise), or null. */
export function kept<T>(key: readonly string[], keepMs = KEEP_MS): T | null {
  const found = localStore.get<Kept>(PREFIX + key.join('.'))
  if (!found || Date.now() - found.at > keepMs) return null
  return found.value as T
}

/**
 * Asks the server and keeps the answer; without network gives the last answer again.
 * Only for what a person needs on the spot: own shifts, the leader's list, the own code.
 *
 * @example keepingLast(['my-shifts', personId], () => rpc('my_shifts', { … }))
 */
export async function keepingLast<T>(key: readonly string[], ask: () => Promise<T>, keepMs = KEEP_MS): Promise<T> {
  try {
    const answer = await ask()
    keep(key, answer)
    return answer
  } catch (raw) {
    const error: AppError = toAppError(raw)
    const last = error.isTransient ? kept<T>(key, keepMs) : null
    if (last === null) throw error
    return last
  }
}

/** Forgets everything kept: other people use this device next. Called by sign-out. */
export function forgetKept(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) localStorage.removeItem(key)
    }
  } catch {
    // Nothing was kept, so nothing is left.
  }
}
