import { computed, readonly, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { SerializedError } from './errors'
import { AppError, toAppError } from './errors'
import { newId } from './id'
import { browserStorage } from './outbox-storage'
import type { OutboxStorage } from './outbox-storage'
import { localStore } from './storage'
import { isOnline, rpc } from './supabase'

/** pending = 待同步 · sending · refused (kept until its owner acts) · done (kept for a day) */
export type OutboxStatus = 'pending' | 'sending' | 'refused' | 'done'

/** Ids and codes are shorter; what is longer was written, photographed or recorded. */
const CODE_LENGTH = 64

/** What was sent is the server's: a wish, a photo, a reason do not stay on this device a day longer. */
function codesOf(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).filter(
      ([, value]) => typeof value !== 'object' && !(typeof value === 'string' && value.length > CODE_LENGTH),
    ),
  )
}

/** What the person did, in words: a locale key and its parameters. */
export interface OutboxLabel {
  key: string
  params?: Record<string, string | number>
}

export interface OutboxEntry {
  id: string
  command: string
  /** Carries a client-made id, so that sending twice makes one row. */
  args: Record<string, unknown>
  label: OutboxLabel
  /** Query keys to refresh when it is done. */
  invalidates: string[][]
  createdAt: number
  settledAt: number | null
  status: OutboxStatus
  attempts: number
  error: SerializedError | null
  result: unknown
  /** Only ever sent while this person is signed in. */
  userId: string
  fleeting?: boolean
}

export interface OutboxCommand {
  command: string
  args: Record<string, unknown>
  label: OutboxLabel
  invalidates?: string[][]
  /** Once done it leaves this device at once, its words too: what somebody may withdraw their consent to. */
  fleeting?: boolean
}

/** done: the server answered. queued: kept on this device and sent when the network is back. */
export type SendOutcome<T> = { status: 'done'; data: T } | { status: 'queued'; entryId: string }

export interface OutboxOptions {
  storage: OutboxStorage
  execute: (command: string, args: Record<string, unknown>) => Promise<unknown>
  isOnline: () => boolean
  currentUserId: () => string | null
  /** Runs the work in one tab at a time. */
  exclusively: (work: () => Promise<void>) => Promise<void>
  now: () => number
  /** Tells other tabs that something changed. */
  announce?: () => void
}

/** `awaited`: a screen is waiting for this very answer and says it itself. */
export type SettledListener = (entry: OutboxEntry, awaited: boolean) => void

export interface Outbox {
  entries: Readonly<Ref<readonly OutboxEntry[]>>
  syncing: Readonly<Ref<boolean>>
  send: <T = unknown>(command: OutboxCommand) => Promise<SendOutcome<T>>
  enqueue: (command: OutboxCommand) => Promise<OutboxEntry>
  replay: () => Promise<void>
  reload: () => Promise<void>
  retry: (id: string) => Promise<void>
  discard: (id: string) => Promise<void>
  /** Called for every entry the server has answered. Returns the way to stop. */
  onSettled: (listener: SettledListener) => () => void
  /** How long to wait before the next try, in ms. */
  nextDelay: () => number
}

/** A command the server breaks on again and again must not hold up the ones behind it. */
const MAX_SERVER_ERRORS = 6
const KEEP_DONE_MS = 24 * 3_600_000
const MAX_DELAY_MS = 5 * 60_000

/** Builds an outbox; the app uses the one of `useOutbox()`, tests build their own. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, execute, currentUserId, exclusively, now } = options
  const entries = shallowRef<readonly OutboxEntry[]>([])
  const syncing = ref(false)
  const listeners = new Set<SettledListener>()
  /** Entries a caller is waiting for: their refusal is told to the caller, not kept. */
  const awaited = new Set<string>()
  let failures = 0

  async function reload() {
    const all = await storage.all()
    entries.value = all.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async function save(entry: OutboxEntry) {
    await storage.put(entry)
    await reload()
    options.announce?.()
  }

  async function remove(id: string) {
    await storage.remove(id)
    await reload()
    options.announce?.()
  }

  async function enqueue(command: OutboxCommand): Promise<OutboxEntry> {
    const userId = currentUserId()
    if (!userId) throw new AppError('not_signed_in', { status: 401 })
    const entry: OutboxEntry = {
      id: newId(now()),
      command: command.command,
      // Plain data only: reactive proxies cannot be cloned into IndexedDB.
      args: JSON.parse(JSON.stringify(command.args)) as Record<string, unknown>,
      label: command.label,
      invalidates: command.invalidates ?? [],
      createdAt: now(),
      settledAt: null,
      status: 'pending',
      attempts: 0,
      error: null,
      result: null,
      userId,
      ...(command.fleeting ? { fleeting: true } : {}),
    }
    await save(entry)
    return entry
  }

  /** Sends what is pending, oldest first; stops at the first failure that may pass. */
  async function drain() {
    for (const stored of (await storage.all()).sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (stored.status === 'done' && now() - (stored.settledAt ?? 0) > KEEP_DONE_MS) {
        await storage.remove(stored.id)
        continue
      }
      // `sending` here means that a page died while it waited: the id makes sending again safe.
      if (stored.status !== 'pending' && stored.status !== 'sending') continue
      if (stored.userId !== currentUserId()) continue
      const goOn = await attempt(stored)
      if (!goOn) return
    }
  }

  async function attempt(stored: OutboxEntry): Promise<boolean> {
    const entry: OutboxEntry = { ...stored, status: 'sending', attempts: stored.attempts + 1 }
    await save(entry)
    try {
      const result = await execute(entry.command, entry.args)
      failures = 0
      await settle({ ...entry, args: codesOf(entry.args), status: 'done', result, error: null, settledAt: now() })
      if (entry.fleeting && !awaited.has(entry.id)) await remove(entry.id)
      return true
    } catch (raw) {
      const error = toAppError(raw)
      const broken = error.status === 500 && entry.attempts >= MAX_SERVER_ERRORS
      const waits = !broken && (error.isTransient || error.slug === 'not_signed_in')
      if (waits) {
        failures += 1
        await save({ ...entry, status: 'pending', error: error.toJSON() })
        return false
      }
      failures = 0
      await settle({ ...entry, status: 'refused', error: error.toJSON(), settledAt: now() })
      return true
    }
  }

  async function settle(entry: OutboxEntry) {
    await save(entry)
    for (const listener of listeners) listener(entry, awaited.has(entry.id))
  }

  async function replay() {
    if (!options.isOnline() || !currentUserId()) return reload()
    syncing.value = true
    try {
      await exclusively(drain)
    } finally {
      syncing.value = false
      await reload()
    }
  }

  async function send<T>(command: OutboxCommand): Promise<SendOutcome<T>> {
    const { id } = await enqueue(command)
    if (!options.isOnline()) return { status: 'queued', entryId: id }
    awaited.add(id)
    try {
      await replay()
    } finally {
      awaited.delete(id)
    }
    const settled = (await storage.all()).find((e) => e.id === id)
    if (settled?.status === 'done') {
      if (settled.fleeting) await remove(id)
      return { status: 'done', data: settled.result as T }
    }
    if (settled?.status === 'refused' && settled.error) {
      // The person is looking: the screen says it, nothing is left behind.
      await remove(id)
      const { slug, status, params } = settled.error
      throw new AppError(slug, { status, params })
    }
    if (settled?.error?.slug === 'not_signed_in') {
      await remove(id)
      throw new AppError('not_signed_in', { status: 401 })
    }
    return { status: 'queued', entryId: id }
  }

  async function retry(id: string) {
    const entry = (await storage.all()).find((e) => e.id === id)
    if (!entry || entry.status === 'done') return
    await save({ ...entry, status: 'pending', error: null, settledAt: null })
    await replay()
  }

  return {
    entries,
    syncing: readonly(syncing),
    send,
    enqueue,
    replay,
    reload,
    retry,
    discard: remove,
    onSettled(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    nextDelay: () => Math.min(MAX_DELAY_MS, 5000 * 2 ** Math.min(failures, 6)),
  }
}

const LOCK = 'sanlian-outbox'
const LEASE_MS = 30_000

/** One tab at a time: Web Locks, or a lease in localStorage where they do not exist (plain http). */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (typeof navigator !== 'undefined' && navigator.locks) {
    await navigator.locks.request(LOCK, work)
    return
  }
  const me = newId()
  const deadline = Date.now() + LEASE_MS
  for (;;) {
    const lease = localStore.get<{ holder: string; until: number }>(LOCK)
    if (!lease || lease.until < Date.now() || Date.now() > deadline) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const hold = () => localStore.set(LOCK, { holder: me, until: Date.now() + LEASE_MS })
  hold()
  const keep = setInterval(hold, LEASE_MS / 3)
  try {
    await work()
  } finally {
    clearInterval(keep)
    if (localStore.get<{ holder: string }>(LOCK)?.holder === me) localStore.remove(LOCK)
  }
}

/** Serialises within this tab; the browser lock does it between tabs. */
function serialized(run: (work: () => Promise<void>) => Promise<void>) {
  let tail: Promise<unknown> = Promise.resolve()
  return (work: () => Promise<void>): Promise<void> => {
    const next = tail.then(() => run(work))
    tail = next.catch(() => undefined)
    return next
  }
}

let shared: Outbox | undefined
let userIdSource: () => string | null = () => null
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(LOCK)

function sharedOutbox(): Outbox {
  shared ??= createOutbox({
    storage: browserStorage(),
    execute: rpc,
    isOnline,
    currentUserId: () => userIdSource(),
    exclusively: serialized(inOneTab),
    now: Date.now,
    announce: () => channel?.postMessage('changed'),
  })
  return shared
}

/**
 * Starts replaying: now, when the network or the page comes back, and at growing intervals.
 * Called once by the app.
 *
 * @param userId who is signed in now; entries of others wait for them
 */
export function startOutbox(userId: () => string | null): Outbox {
  userIdSource = userId
  const outbox = sharedOutbox()
  let timer: ReturnType<typeof setTimeout> | undefined
  const tick = async () => {
    clearTimeout(timer)
    await outbox.replay().catch(() => undefined)
    timer = setTimeout(tick, outbox.nextDelay())
  }
  window.addEventListener('online', () => void tick())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void tick()
  })
  channel?.addEventListener('message', () => void outbox.reload())
  void outbox.reload().then(tick)
  return outbox
}

export interface OutboxView extends Outbox {
  pending: ComputedRef<OutboxEntry[]>
  refused: ComputedRef<OutboxEntry[]>
  done: ComputedRef<OutboxEntry[]>
  pendingCount: ComputedRef<number>
  refusedCount: ComputedRef<number>
  /** True while something of this kind waits, e.g. to show 待同步 on a shift. */
  isPending: (command: string, match?: (args: Record<string, unknown>) => boolean) => boolean
}

/**
 * The outbox of this device, seen by the person signed in.
 *
 * @example
 * const { send } = useOutbox()
 * const outcome = await send({
 *   command: 'claim_shift',
 *   args: { p_id: newId(), p_shift_id: shift.id },
 *   label: { key: 'shifts.outbox.claim', params: { title: shift.title } },
 *   invalidates: [['shifts']],
 * })
 */
export function useOutbox(): OutboxView {
  const outbox = sharedOutbox()
  const mine = computed(() => outbox.entries.value.filter((e) => e.userId === userIdSource()))
  const pending = computed(() => mine.value.filter((e) => e.status === 'pending' || e.status === 'sending'))
  const refused = computed(() => mine.value.filter((e) => e.status === 'refused'))
  const done = computed(() => mine.value.filter((e) => e.status === 'done'))
  return {
    ...outbox,
    pending,
    refused,
    done,
    pendingCount: computed(() => pending.value.length),
    refusedCount: computed(() => refused.value.length),
    isPending: (command, match) => pending.value.some((e) => e.command === command && (!match || match(e.args))),
  }
}
