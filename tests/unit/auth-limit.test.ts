import { describe, expect, test } from 'vitest'
import { limitAuth } from '../../supabase/embedded/auth-limit'

const HOUR = 3_600_000

function setUp(status: number) {
  const clock = { now: 0 }
  const seen: string[] = []
  const fetch = limitAuth(
    async (request: Request, _context?: { peerAddress: string }) => {
      seen.push(await request.text())
      return new Response('{}', { status })
    },
    () => clock.now,
  )
  const send = (path: string, body: object, peerAddress = '10.0.0.1') =>
    fetch(new Request(`http://localhost${path}`, { method: 'POST', body: JSON.stringify(body) }), { peerAddress })
  const sendMany = async (count: number, ...args: Parameters<typeof send>) => {
    const answers = await Promise.all(Array.from({ length: count }, () => send(...args)))
    return answers.map((answer) => answer.status)
  }
  return { clock, seen, send, sendMany }
}

const SIGN_IN = '/auth/v1/token?grant_type=password'
const wrong = { email: 'Zhou@example.org', password: 'guess' }

describe('sixty wrong passwords', () => {
  test('ten are looked at; the rest are told how long to wait', async () => {
    const { seen, send, sendMany } = setUp(400)
    const statuses = await sendMany(60, SIGN_IN, wrong)
    expect(statuses.filter((status) => status === 400)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
    expect(seen).toHaveLength(10)
    const refused = await send(SIGN_IN, { ...wrong, email: ' zhou@EXAMPLE.org' })
    expect(refused.headers.get('retry-after')).toBe('900')
    expect(await refused.json()).toMatchObject({ error_code: 'over_request_rate_limit' })
  })

  test('somebody else, and the same person elsewhere, signs in meanwhile; after a while everybody does', async () => {
    const { clock, send, sendMany } = setUp(400)
    await sendMany(60, SIGN_IN, wrong)
    expect((await send(SIGN_IN, { ...wrong, email: 'li@example.org' })).status).toBe(400)
    expect((await send(SIGN_IN, wrong, '10.0.0.2')).status).toBe(400)
    clock.now = HOUR
    expect((await send(SIGN_IN, wrong)).status).toBe(400)
  })

  test('trying every address from one place ends as well', async () => {
    const { send } = setUp(400)
    const statuses: number[] = []
    for (let n = 0; n < 250; n++) statuses.push((await send(SIGN_IN, { ...wrong, email: `p${n}@example.org` })).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(50)
  })
})

test('signing in rightly, renewing a session and reading never count', async () => {
  const { sendMany } = setUp(200)
  for (const path of [SIGN_IN, '/auth/v1/token?grant_type=refresh_token', '/rest/v1/rpc/my_session']) {
    for (let n = 0; n < 30; n++) expect(await sendMany(1, path, wrong)).toEqual([200])
  }
})

test('the six digits of a reset mail cannot be tried out, nor a mailbox be filled', async () => {
  const { sendMany } = setUp(403)
  expect((await sendMany(30, '/auth/v1/verify', { email: wrong.email, token: '000000' })).at(-1)).toBe(429)
  const mails = setUp(200)
  const statuses = await mails.sendMany(20, '/auth/v1/recover', { email: wrong.email })
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
})

test('an address or a body that no form sends is refused before the database sees it', async () => {
  const { seen, send } = setUp(200)
  const long = await send('/auth/v1/signup', { email: `${'n'.repeat(300)}@example.org`, password: 'long enough' })
  expect(await long.json()).toMatchObject({ code: 400, error_code: 'email_address_invalid' })
  const heavy = await send('/auth/v1/signup', { email: 'a@example.org', password: 'p'.repeat(20_000) })
  expect(await heavy.json()).toMatchObject({ code: 400, error_code: 'validation_failed' })
  expect(seen).toEqual([])
})
