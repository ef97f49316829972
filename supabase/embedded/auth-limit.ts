// lite does not throttle: a password, or the six digits of a reset mail, could be guessed as fast as it answers.

type Fetch<Context> = (request: Request, context?: Context) => Promise<Response>

interface Limit {
  /** Tries with one mail address from one network address. */
  perAddress: number
  /** Tries with any mail address from one network address: a whole community may sit behind one router. */
  perNetwork: number
  minutes: number
  /** A try that succeeds does not count. */
  forgiving: boolean
}

const LIMITS: Record<string, Limit> = {
  '/auth/v1/token': { perAddress: 10, perNetwork: 200, minutes: 15, forgiving: true },
  '/auth/v1/verify': { perAddress: 10, perNetwork: 200, minutes: 15, forgiving: true },
  '/auth/v1/signup': { perAddress: 10, perNetwork: 300, minutes: 60, forgiving: false },
  '/auth/v1/recover': { perAddress: 5, perNetwork: 100, minutes: 15, forgiving: false },
  '/auth/v1/resend': { perAddress: 5, perNetwork: 100, minutes: 15, forgiving: false },
  '/auth/v1/otp': { perAddress: 5, perNetwork: 100, minutes: 15, forgiving: false },
}

const MAX_EMAIL = 254
const MAX_BODY = 10_000
const MAX_WATCHED = 20_000

/**
 * Counts tries to sign in, to sign up and to reset, per mail address and network address, and answers 429 past the limit
 * in the form of Supabase Auth. Refuses a body no form of ours sends before the database sees it. Counts live in memory.
 */
export function limitAuth<Context extends { peerAddress?: string | null }>(
  fetch: Fetch<Context>,
  now: () => number = Date.now,
): Fetch<Context> {
  const windows = new Map<string, { until: number; tries: number }>()

  function take(key: string, allowed: number, minutes: number): number {
    let window = windows.get(key)
    if (!window || window.until <= now()) {
      if (windows.size >= MAX_WATCHED) forgetLapsed()
      window = { until: now() + minutes * 60_000, tries: 0 }
      windows.delete(key)
      windows.set(key, window)
    }
    window.tries += 1
    return window.tries > allowed ? window.until - now() : 0
  }

  function forgetLapsed() {
    for (const [key, { until }] of windows) if (until <= now()) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < MAX_WATCHED) break
      windows.delete(key)
    }
  }

  function giveBack(key: string) {
    const window = windows.get(key)
    if (window) window.tries -= 1
  }

  return async (request, context) => {
    const { pathname, searchParams } = new URL(request.url)
    const limit = request.method === 'POST' ? LIMITS[pathname] : undefined
    if (!limit || searchParams.get('grant_type') === 'refresh_token') return fetch(request, context)

    const text = await request.clone().text()
    const email = emailIn(text)
    if (text.length > MAX_BODY) return refusal(400, 'validation_failed', 'The request is too long')
    if (email.length > MAX_EMAIL) return refusal(400, 'email_address_invalid', 'The email address is too long')

    const network = `${pathname} ${context?.peerAddress ?? ''}`
    const address = `${network} ${email}`
    const wait = Math.max(
      take(address, limit.perAddress, limit.minutes),
      take(network, limit.perNetwork, limit.minutes),
    )
    if (wait > 0) {
      const seconds = String(Math.ceil(wait / 1000))
      return refusal(429, 'over_request_rate_limit', 'Request rate limit reached', { 'retry-after': seconds })
    }
    const answer = await fetch(request, context)
    if (limit.forgiving && answer.ok) for (const key of [address, network]) giveBack(key)
    return answer
  }
}

function emailIn(body: string): string {
  try {
    const { email } = JSON.parse(body) as { email?: unknown }
    return typeof email === 'string' ? email.trim().toLowerCase() : ''
  } catch {
    return ''
  }
}

function refusal(code: number, error_code: string, msg: string, headers: Record<string, string> = {}): Response {
  return Response.json({ code, error_code, msg }, { status: code, headers })
}
