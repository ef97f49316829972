import { describe, expect, it } from 'vitest'
import { AppError, errorMessage, toAppError } from './errors'

describe('toAppError', () => {
  it('reads slug, status and parameters of an error raised by a command', () => {
    const error = toAppError({
      code: 'PT409',
      message: 'shift_full',
      details: '{"waiting": 3}',
      hint: 'join the waiting list',
    })
    expect(error).toMatchObject({ slug: 'shift_full', status: 409, params: { waiting: 3 } })
    expect(error.isTransient).toBe(false)
  })

  it.each([
    [new TypeError('Failed to fetch'), 'offline'],
    [new TypeError('Load failed'), 'offline'],
    [{ name: 'AuthRetryableFetchError', message: 'fetch failed', status: 0 }, 'offline'],
    [{ message: 'TypeError: fetch failed', code: '' }, 'offline'],
    [{ code: 'invalid_credentials', status: 400, message: 'Invalid login credentials' }, 'invalid_credentials'],
    [{ code: 'PGRST301', message: 'JWT expired', status: 401 }, 'not_signed_in'],
    [{ code: '42501', message: 'permission denied for table persons' }, 'forbidden'],
    [{ code: '42501', message: 'permission denied for function my_shifts', status: 401 }, 'not_signed_in'],
    [{ code: '22P02', message: 'invalid input syntax for type uuid' }, 'invalid_input'],
    [{ code: '22021', message: 'invalid byte sequence for encoding "UTF8": 0x00', status: 500 }, 'invalid_input'],
    [{ code: '23505', message: 'duplicate key value violates …' }, 'unexpected'],
    ['a string', 'unexpected'],
    [null, 'unexpected'],
  ])('maps %o', (raw, slug) => {
    expect(toAppError(raw).slug).toBe(slug)
  })

  it('calls a failing server transient and a refusal final', () => {
    expect(toAppError({ message: 'bad gateway' }, 502).isTransient).toBe(true)
    expect(new AppError('already_claimed', { status: 409 }).isTransient).toBe(false)
  })
})

describe('errorMessage', () => {
  const i18n = {
    te: (key: string) => key in words,
    t: (key: string, params: Record<string, unknown>) =>
      words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
  }
  it('says times in the sentence as people read them', () => {
    const error = new AppError('check_in_too_early', { params: { opens_at: '2030-03-01T00:30:00+00:00' } })
    expect(errorMessage(i18n, error)).toBe('2030年3月1日 周五 08:30 开始签到')
  })

  const words: Record<string, string> = {
    'errors.shift_full': '名额满了,前面 {waiting} 人',
    'errors.check_in_too_early': '{opens_at} 开始签到',
    'errors.unexpected': '出了点问题',
  }

  it('says the sentence of the slug with its parameters', () => {
    expect(errorMessage(i18n, new AppError('shift_full', { params: { waiting: 3 } }))).toBe('名额满了,前面 3 人')
  })

  it('never shows a raw message', () => {
    expect(errorMessage(i18n, new Error('relation "persons" does not exist'))).toBe('出了点问题')
  })

  it('also reads an error that was kept in the outbox', () => {
    expect(errorMessage(i18n, { slug: 'shift_full', status: 409, params: { waiting: 1 } })).toBe('名额满了,前面 1 人')
  })
})
