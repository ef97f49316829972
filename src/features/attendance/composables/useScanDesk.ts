import { clockOffset, serverNow } from '@/lib/clock'
import { AppError, toAppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { useOutbox } from '@/lib/outbox'
import { parseAnswer } from '@/lib/parse'
import { useSessionStore } from '@/lib/session'
import { SHIFT_KEYS } from '@/features/shifts'
import { useQueryCache } from '@pinia/colada'
import type { MaybeRefOrGetter } from 'vue'
import { computed, ref, shallowRef, toValue } from 'vue'
import { readCode } from '../code'
import { ATTENDANCE_KEYS } from '../queries'
import type { ScanMode } from '../rules'
import { alreadyDone, createRepeatFilter, pendingFor } from '../rules'
import type { RosterMember, ScanAnswer } from '../schema'
import { scanAnswerSchema } from '../schema'

/** A clock that moved less than this cannot be why a code looked expired. */
const CLOCK_NEWS_MS = 10_000

export type ScanState = 'sending' | 'done' | 'queued' | 'already' | 'refused'

/** One line of what happened at the desk. */
export interface ScanLine {
  id: string
  /** Known at once for a scanned code, after the answer for a typed one. */
  name: string | null
  /** Six digits that were typed, until they have a name. */
  digits: string | null
  mode: ScanMode
  at: number
  state: ScanState
  /** Slug: of the refusal, or what was already done. */
  slug: string | null
  params: Record<string, unknown>
  minutes: number | null
}

export interface ScanInput {
  code?: string
  /** By hand: the hours then say «confirmed by the leader». */
  member?: RosterMember
}

/**
 * The desk where members are checked in and out. Every scan goes through the outbox with the
 * moment it was made, so a row of people can be scanned without network and without waiting.
 */
export function useScanDesk(shiftId: MaybeRefOrGetter<string>, roster: MaybeRefOrGetter<readonly RosterMember[]>) {
  const session = useSessionStore()
  const outbox = useOutbox()
  const cache = useQueryCache()
  const repeats = createRepeatFilter()
  /** Codes the server refused: the camera still sees them, the next code of the person is new. */
  const refusals = createRepeatFilter()
  const lines = shallowRef<readonly ScanLine[]>([])
  const sending = ref(0)

  const last = computed(() => lines.value[0] ?? null)

  function put(line: ScanLine) {
    const others = lines.value.filter((l) => l.id !== line.id)
    const isKnown = others.length < lines.value.length
    lines.value = isKnown ? lines.value.map((l) => (l.id === line.id ? line : l)) : [line, ...others].slice(0, 50)
  }

  /**
   * Takes one scan. Returns its line, or null when it is the same one again.
   * Nothing is thrown: what went wrong is on the line.
   */
  async function take(input: ScanInput, mode: ScanMode): Promise<ScanLine | null> {
    const now = serverNow()
    const read = input.code === undefined ? null : readCode(input.code)
    const key = input.member
      ? `hand:${input.member.signupId}:${mode}`
      : read?.kind === 'scanned'
        ? `person:${read.personId}:${mode}`
        : `text:${read?.code ?? input.code}:${mode}`
    const refusalKey = `${read?.code}:${mode}`
    if (read?.kind === 'scanned' && refusals.isRepeat(refusalKey, now)) return null
    if (!repeats.isNew(key, now)) return null

    const member =
      input.member ?? (read?.kind === 'scanned' ? toValue(roster).find((m) => m.personId === read.personId) : undefined)
    const line: ScanLine = {
      id: newId(),
      name: member?.name ?? null,
      digits: read?.kind === 'typed' ? read.code : null,
      mode,
      at: now,
      state: 'sending',
      slug: null,
      params: {},
      minutes: null,
    }
    let seenAt = now
    const end = (change: Partial<ScanLine>) => {
      const ended = { ...line, at: seenAt, ...change }
      put(ended)
      return ended
    }

    if (!input.member && !read) return end({ state: 'refused', slug: 'not_a_member_code' })
    if (member?.isMe) return end({ state: 'refused', slug: 'own_attendance' })
    const waiting = member ? pendingFor(member, toValue(shiftId), outbox.pending.value) : null
    const done = alreadyDone(member, mode, waiting)
    if (done) return end({ state: 'already', slug: done })

    put(line)
    sending.value += 1
    const clockBefore = clockOffset.value
    try {
      const code = read?.code ?? null
      const outcome = await send(member, code, mode, now).catch(async (error: unknown) => {
        const fresh = await freshTime(toAppError(error).slug, clockBefore)
        if (fresh === null) throw error
        seenAt = fresh
        return send(member, code, mode, fresh)
      })
      if (outcome === 'queued') return end({ state: 'queued' })
      return end({ state: 'done', name: member?.name ?? outcome.displayName, minutes: outcome.minutes })
    } catch (raw) {
      const error = toAppError(raw)
      const already = { already_checked_in: 'already_in', already_checked_out: 'already_out' }[error.slug]
      if (already) return end({ state: 'already', slug: already })
      repeats.forget(key)
      if (read?.kind === 'scanned') refusals.isNew(refusalKey, serverNow())
      return end({ state: 'refused', slug: error.slug, params: error.params })
    } finally {
      sending.value -= 1
      if (sending.value === 0) void cache.invalidateQueries({ key: [...ATTENDANCE_KEYS.root] })
    }
  }

  /** A code that looks expired may only mean that this device's idea of the time was old. */
  async function freshTime(slug: string, clockBefore: number): Promise<number | null> {
    if (slug !== 'code_expired' && slug !== 'code_invalid') return null
    await cache.invalidateQueries({ key: [...ATTENDANCE_KEYS.root] }).catch(() => undefined)
    return Math.abs(clockOffset.value - clockBefore) > CLOCK_NEWS_MS ? serverNow() : null
  }

  async function send(
    member: RosterMember | undefined,
    code: string | null,
    mode: ScanMode,
    at: number,
  ): Promise<ScanAnswer | 'queued'> {
    if (!session.communityId) throw new AppError('not_a_member', { status: 403 })
    const outcome = await outbox.send({
      command: mode === 'in' ? 'check_in' : 'check_out',
      args: {
        p_community_id: session.communityId,
        p_id: newId(),
        p_shift_id: toValue(shiftId),
        ...(code === null ? { p_signup_id: member?.signupId } : { p_code: code }),
        // Also with network: it may go while the answer is under way, and the code is judged
        // at the moment it was seen.
        p_at: new Date(at).toISOString(),
      },
      label: member
        ? { key: `attendance.outbox.${mode}`, params: { name: member.name } }
        : { key: `attendance.outbox.${mode}_code`, params: { code: code?.slice(-6) ?? '' } },
      invalidates: [[...ATTENDANCE_KEYS.root], [...SHIFT_KEYS.root]],
    })
    return outcome.status === 'queued' ? 'queued' : parseAnswer(scanAnswerSchema, outcome.data)
  }

  return { lines, last, sending, take }
}
