import { formatNearDay, formatTime } from './time'

/** What went wrong, as the product names it. The slug is the contract with SQL (`PTnnn` + message). */
export class AppError extends Error {
  readonly slug: string
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number
  /** Parameters for the sentence, from the SQL `details` JSON. */
  readonly params: Record<string, unknown>
  /** English hint for developers; never shown to a user. */
  readonly hint: string | undefined

  constructor(
    slug: string,
    options: {
      status?: number
      params?: Record<string, unknown>
      hint?: string | undefined
      cause?: unknown
    } = {},
  ) {
    super(slug, { cause: options.cause })
    this.name = 'AppError'
    this.slug = slug
    this.status = options.status ?? 0
    this.params = options.params ?? {}
    this.hint = options.hint
  }

  /** True when trying the same thing again later may work without anybody doing anything. */
  get isTransient(): boolean {
    return (
      this.slug === 'offline' || this.status === 0 || this.status === 429 || this.status === 408 || this.status >= 500
    )
  }

  get isOffline(): boolean {
    return this.slug === 'offline'
  }

  toJSON(): SerializedError {
    return { slug: this.slug, status: this.status, params: this.params }
  }
}

/** The part of an error that is kept in the outbox. */
export interface SerializedError {
  slug: string
  status: number
  params: Record<string, unknown>
}

const SLUG = /^[a-z][a-z0-9_]*$/

/** Auth's own codes that we say in our words; the rest of its codes fall to `unexpected`. */
const AUTH_SLUGS: Record<string, string> = {
  invalid_credentials: 'invalid_credentials',
  invalid_grant: 'invalid_credentials',
  user_already_exists: 'account_exists',
  email_exists: 'account_exists',
  phone_exists: 'account_exists',
  weak_password: 'weak_password',
  same_password: 'same_password',
  email_address_invalid: 'email_invalid',
  validation_failed: 'invalid_input',
  over_request_rate_limit: 'too_many_attempts',
  over_email_send_rate_limit: 'too_many_attempts',
  over_sms_send_rate_limit: 'too_many_attempts',
  otp_expired: 'code_expired',
  session_not_found: 'not_signed_in',
  session_expired: 'not_signed_in',
  refresh_token_not_found: 'not_signed_in',
  refresh_token_already_used: 'not_signed_in',
  bad_jwt: 'not_signed_in',
  no_authorization: 'not_signed_in',
  signup_disabled: 'signup_disabled',
}

/** PostgREST's own codes (it speaks them when no SQL of ours was reached). */
const POSTGREST_SLUGS: Record<string, string> = {
  PGRST301: 'not_signed_in',
  PGRST302: 'not_signed_in',
  PGRST303: 'not_signed_in',
  PGRST116: 'not_found',
  '42501': 'forbidden',
  '22P02': 'invalid_input',
  '22021': 'invalid_input',
  '22007': 'invalid_input',
  '22008': 'invalid_input',
  '23502': 'invalid_input',
  '57014': 'server_busy',
}

const STATUS_SLUGS: Record<number, string> = {
  400: 'invalid_input',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  408: 'server_busy',
  429: 'too_many_attempts',
  502: 'server_busy',
  503: 'server_busy',
  504: 'server_busy',
}

interface Loose {
  name?: unknown
  message?: unknown
  code?: unknown
  error_code?: unknown
  details?: unknown
  hint?: unknown
  status?: unknown
}

function parseDetails(details: unknown): Record<string, unknown> {
  if (details && typeof details === 'object') return details as Record<string, unknown>
  if (typeof details !== 'string' || !details.trimStart().startsWith('{')) return {}
  try {
    return JSON.parse(details) as Record<string, unknown>
  } catch {
    return {}
  }
}

function isNetworkFailure(e: Loose): boolean {
  if (e.name === 'AuthRetryableFetchError') return !(Number(e.status) >= 500)
  if (e.name === 'AbortError' || e.name === 'TimeoutError') return true
  const message = String(e.message ?? '')
  return /Failed to fetch|NetworkError|Load failed|fetch failed|network (error|request)|ECONNREFUSED|timed? ?out/i.test(
    message,
  )
}

/**
 * Turns whatever was thrown or returned (PostgREST body, auth error, network failure, our own)
 * into an AppError.
 *
 * @param status HTTP status when the caller knows it and the error does not carry it
 */
export function toAppError(error: unknown, status?: number): AppError {
  if (error instanceof AppError) return error
  if (!error || typeof error !== 'object') return new AppError('unexpected', { status: status ?? 0 })

  const e = error as Loose
  const code = String(e.code ?? e.error_code ?? '')
  const message = String(e.message ?? '')
  const hint = typeof e.hint === 'string' ? e.hint : undefined

  const raised = /^PT(\d{3})$/.exec(code)
  if (raised && SLUG.test(message)) {
    return new AppError(message, {
      status: Number(raised[1]),
      params: parseDetails(e.details),
      hint,
      cause: error,
    })
  }

  const known = typeof e.status === 'number' && e.status > 0 ? e.status : (status ?? 0)
  // A token that is no longer good leaves the caller a visitor, who may not call the command.
  const isVisitor = code === '42501' && known === 401
  const slug = isVisitor ? 'not_signed_in' : (AUTH_SLUGS[code] ?? POSTGREST_SLUGS[code])
  if (slug) return new AppError(slug, { status: known || 400, hint: hint ?? message, cause: error })

  if (isNetworkFailure(e) && known === 0) return new AppError('offline', { cause: error })
  // Some servers keep the slug and lose the code: trust a message that looks like one.
  if (known >= 400 && known < 500 && SLUG.test(message) && message.includes('_')) {
    return new AppError(message, { status: known, params: parseDetails(e.details), hint, cause: error })
  }
  if (/invalid login credentials/i.test(message)) {
    return new AppError('invalid_credentials', { status: known || 400, cause: error })
  }
  return new AppError(STATUS_SLUGS[known] ?? 'unexpected', {
    status: known,
    hint: hint ?? message,
    cause: error,
  })
}

/** The two things of vue-i18n that a sentence needs (`useI18n()` fits). */
export interface Translator {
  t: (key: string, params: Record<string, unknown>) => string
  te: (key: string) => boolean
}

/**
 * The sentence a user reads for an error: what happened and what to do. Never a raw message.
 *
 * @example const { t, te } = useI18n(); errorMessage({ t, te }, err)
 */
export function errorMessage(i18n: Translator, error: unknown): string {
  const e = isSerialized(error) ? error : toAppError(error)
  const key = `errors.${e.slug}`
  return i18n.te(key) ? i18n.t(key, readable(e.params)) : i18n.t('errors.unexpected', {})
}

/** Times inside a sentence (`opens_at`, `starts_at`) as people read them. */
function readable(params: Record<string, unknown>): Record<string, unknown> {
  const locale = typeof document === 'undefined' ? 'zh-CN' : document.documentElement.lang || 'zh-CN'
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (!name.endsWith('_at') || typeof value !== 'string') return [name, value]
      try {
        return [name, `${formatNearDay(value, locale)} ${formatTime(value)}`]
      } catch {
        return [name, value]
      }
    }),
  )
}

function isSerialized(error: unknown): error is SerializedError {
  return (
    !!error &&
    typeof error === 'object' &&
    !(error instanceof Error) &&
    typeof (error as SerializedError).slug === 'string'
  )
}
