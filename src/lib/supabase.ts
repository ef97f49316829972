import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from './database.types'
import { learnClock, learnServerTime } from './clock'
import { AppError, toAppError } from './errors'
import { parseTime } from './time'

/** Where auth-js keeps the session. */
export const AUTH_STORAGE_KEY = 'sanlian.auth'

const TIMEOUT_MS = 20_000

export const supabaseUrl: string = (
  (import.meta.env['VITE_SUPABASE_URL'] as string | undefined) ||
  (typeof window === 'undefined' ? 'http://localhost' : window.location.origin)
).replace(/\/+$/, '')

/** The only key the browser holds; it is public by design. */
export const publishableKey: string =
  (import.meta.env['VITE_SUPABASE_PUBLISHABLE_KEY'] as string | undefined) ||
  (import.meta.env['VITE_SUPABASE_ANON_KEY'] as string | undefined) ||
  ''

export type Db = SupabaseClient<Database>

let client: Promise<Db> | undefined

/**
 * The supabase-js client, loaded on first use so that public pages never wait for it.
 *
 * @example const db = await supabase(); const { data, error } = await db.from('shifts').select()
 */
export function supabase(): Promise<Db> {
  client ??= import('@supabase/supabase-js').then(({ createClient }) =>
    createClient<Database>(supabaseUrl, publishableKey, {
      auth: { persistSession: true, autoRefreshToken: true, storageKey: AUTH_STORAGE_KEY },
      global: { fetch: timedFetch },
    }),
  )
  // A chunk that failed to load (offline) may load next time.
  client.catch(() => (client = undefined))
  return client
}

/** fetch with a time limit that also teaches the clock. */
async function timedFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const startedAt = Date.now()
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), TIMEOUT_MS)
  init.signal?.addEventListener('abort', () => controller.abort(), { once: true })
  try {
    const response = await fetch(input, { ...init, signal: controller.signal })
    learnClock(response, startedAt)
    return response
  } finally {
    clearTimeout(timer)
  }
}

/** False only when the browser is sure; true says nothing. */
export function isOnline(): boolean {
  return typeof navigator === 'undefined' || navigator.onLine !== false
}

/**
 * Calls a SQL function through supabase-js and returns its value; throws AppError.
 * Refuses at once when the browser knows it is offline: auth-js would wait half a minute.
 */
export async function rpc<T = unknown>(name: string, args: Record<string, unknown> = {}): Promise<T> {
  if (!isOnline()) throw new AppError('offline')
  try {
    const db = await supabase()
    const startedAt = Date.now()
    const { data, error, status } = await (db.rpc as unknown as LooseRpc).call(db, name, args)
    if (error) throw toAppError(error, status)
    learnFromBody(data, startedAt)
    return data as T
  } catch (error) {
    throw toAppError(error)
  }
}

/** Reads carry the product's own time; a demo installation runs ahead of every other clock. */
function learnFromBody(data: unknown, startedAt: number): void {
  const told = (data as { server_time?: unknown } | null)?.server_time
  if (typeof told === 'string') learnServerTime(parseTime(told).getTime(), startedAt)
}

type LooseRpc = (
  name: string,
  args: Record<string, unknown>,
) => PromiseLike<{ data: unknown; error: unknown; status: number }>

interface StoredSession {
  access_token?: string
  expires_at?: number
}

/** The stored access token while it is still valid, read without loading auth-js. */
export function storedAccessToken(now = Date.now()): string | null {
  try {
    const session = JSON.parse(localStorage.getItem(AUTH_STORAGE_KEY) ?? 'null') as StoredSession | null
    if (!session?.access_token) return null
    return (session.expires_at ?? 0) * 1000 > now + 5000 ? session.access_token : null
  } catch {
    return null
  }
}

/**
 * Calls a public SQL function with nothing but fetch: for pages that must be light.
 * Sends the signed-in person's token when there is a valid one. Throws AppError.
 *
 * @example await publicRpc<PublicHome>('public_home', { p_community_id: null })
 */
export async function publicRpc<T = unknown>(name: string, args: Record<string, unknown> = {}): Promise<T> {
  if (!isOnline()) throw new AppError('offline')
  const post = (bearer: string) =>
    timedFetch(`${supabaseUrl}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        apikey: publishableKey,
        authorization: `Bearer ${bearer}`,
      },
      body: JSON.stringify(args),
    })
  let response: Response
  try {
    const token = storedAccessToken()
    response = await post(token ?? publishableKey)
    // A token the server no longer knows must not hide what everybody may see.
    if (response.status === 401 && token) response = await post(publishableKey)
  } catch (error) {
    throw new AppError('offline', { cause: error })
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw toAppError(body ?? {}, response.status)
  return body as T
}
