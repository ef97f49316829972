import { serverNow } from '@/lib/clock'
import { AppError } from '@/lib/errors'
import * as outboxModule from '@/lib/outbox'
import { createOutbox } from '@/lib/outbox'
import { memoryStorage } from '@/lib/outbox-storage'
import { useSessionStore } from '@/lib/session'
import { testI18n } from '@/lib/testing'
import { PiniaColada } from '@pinia/colada'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, h } from 'vue'
import { codeAt } from '../code'
import { aMember } from '../testing'
import { useScanDesk } from './useScanDesk'

const execute = vi.fn<(command: string, args: Record<string, unknown>) => Promise<unknown>>()
let online = true

function desk(members = [aMember()]) {
  const outbox = createOutbox({
    storage: memoryStorage(),
    execute,
    isOnline: () => online,
    currentUserId: () => 'user-1',
    exclusively: (work) => work(),
    now: Date.now,
  })
  const pending = computed(() => outbox.entries.value.filter((e) => e.status === 'pending'))
  vi.spyOn(outboxModule, 'useOutbox').mockReturnValue({ ...outbox, pending } as never)
  const pinia = createPinia()
  const session = useSessionStore(pinia)
  session.$patch({ userId: 'user-1' })
  session.memberships = [{ communityId: 'c1', personId: 'leader', roles: [], modules: {}, helps: [] } as never]
  let made!: ReturnType<typeof useScanDesk>
  mount(
    defineComponent({
      setup() {
        made = useScanDesk('shift-1', members)
        return () => h('div')
      },
    }),
    { global: { plugins: [pinia, PiniaColada, testI18n()] } },
  )
  return { take: made.take, lines: made.lines, outbox }
}

const qr = (personId = aMember().personId) => codeAt(personId, 'ab'.repeat(32), serverNow()).text
const answer = {
  signup_id: 'signup-1',
  person_id: aMember().personId,
  display_name: '王*明',
  at: '2026-11-22T06:00:00Z',
}

describe('the scan desk', () => {
  beforeEach(() => {
    online = true
    execute.mockReset()
    execute.mockResolvedValue(answer)
  })

  it('sends a code that the camera sees twenty times once, with the moment it was seen', async () => {
    const { take } = desk()
    const code = qr()
    const results = await Promise.all(Array.from({ length: 20 }, () => take({ code }, 'in')))
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(execute).toHaveBeenCalledTimes(1)
    const [command, args] = execute.mock.calls[0]!
    expect(command).toBe('check_in')
    expect(Math.abs(Date.parse(String(args['p_at'])) - serverNow())).toBeLessThan(2000)
  })

  it('names the person at once from the list', async () => {
    const { take, lines } = desk()
    const scan = take({ code: qr() }, 'in')
    expect(lines.value[0]).toMatchObject({ name: '王小明', state: 'sending' })
    expect(await scan).toMatchObject({ state: 'done' })
  })

  it('keeps scans without network in order: in, then out of the same person', async () => {
    online = false
    const { take, outbox } = desk()
    expect(await take({ code: qr() }, 'in')).toMatchObject({ state: 'queued' })
    expect(await take({ code: qr() }, 'out')).toMatchObject({ state: 'queued' })
    online = true
    await outbox.replay()
    expect(execute.mock.calls.map(([command]) => command)).toEqual(['check_in', 'check_out'])
  })

  it('does not bother the server with what the list already says', async () => {
    const { take } = desk([aMember({ attendanceStatus: 'checked_in' })])
    expect(await take({ code: qr() }, 'in')).toMatchObject({ state: 'already', slug: 'already_in' })
    expect(execute).not.toHaveBeenCalled()
  })

  it('refuses what is no member code, and the leader themself', async () => {
    const { take } = desk([aMember({ isMe: true })])
    expect(await take({ code: 'https://pay.example' }, 'in')).toMatchObject({ slug: 'not_a_member_code' })
    expect(await take({ code: qr() }, 'in')).toMatchObject({ slug: 'own_attendance' })
    expect(execute).not.toHaveBeenCalled()
  })

  it('says a refusal on the line and does not ask again while the camera still sees that code', async () => {
    execute.mockRejectedValueOnce(new AppError('code_used', { status: 409 }))
    const { take } = desk()
    const code = qr()
    expect(await take({ code }, 'in')).toMatchObject({ state: 'refused', slug: 'code_used' })
    expect(await take({ code }, 'in')).toBeNull()
    expect(execute).toHaveBeenCalledTimes(1)
    // The next code of the same person, a moment later.
    const next = codeAt(aMember().personId, 'ab'.repeat(32), serverNow() + 30_000).text
    expect(await take({ code: next }, 'in')).toMatchObject({ state: 'done' })
  })

  it('takes typed digits again at once after a refusal', async () => {
    execute.mockRejectedValueOnce(new AppError('code_used', { status: 409 }))
    const { take } = desk()
    expect(await take({ code: '123456' }, 'in')).toMatchObject({ state: 'refused', digits: '123456' })
    expect(await take({ code: '123456' }, 'in')).toMatchObject({ state: 'done', name: '王*明' })
  })

  it('checks in by hand with the sign-up instead of a code', async () => {
    const { take } = desk()
    await take({ member: aMember() }, 'in')
    const args = execute.mock.calls[0]![1]
    expect(args['p_signup_id']).toBe('signup-1')
    expect(args['p_code']).toBeUndefined()
  })
})
