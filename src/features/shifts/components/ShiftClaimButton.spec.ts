import { AppError } from '@/lib/errors'
import * as outboxModule from '@/lib/outbox'
import { createOutbox } from '@/lib/outbox'
import { memoryStorage } from '@/lib/outbox-storage'
import { useSessionStore } from '@/lib/session'
import { testI18n } from '@/lib/testing'
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed } from 'vue'
import type { ShiftDetail } from '../schema'
import { aRole, aShiftDetail, notFor } from '../testing'
import ShiftClaimButton from './ShiftClaimButton.vue'

const NOW = Date.parse('2026-11-20T09:00:00+08:00')
const execute = vi.fn<(command: string, args: Record<string, unknown>) => Promise<unknown>>()
let online = true

function stubOutbox() {
  const outbox = createOutbox({
    storage: memoryStorage(),
    execute,
    isOnline: () => online,
    currentUserId: () => 'user-1',
    exclusively: (work) => work(),
    now: Date.now,
  })
  const of = (...statuses: string[]) => computed(() => outbox.entries.value.filter((e) => statuses.includes(e.status)))
  const pending = of('pending', 'sending')
  vi.spyOn(outboxModule, 'useOutbox').mockReturnValue({
    ...outbox,
    pending,
    refused: of('refused'),
    done: of('done'),
    pendingCount: computed(() => pending.value.length),
    refusedCount: computed(() => 0),
    isPending: (command, match) => pending.value.some((e) => e.command === command && (!match || match(e.args))),
  })
  return outbox
}

function show(shift: ShiftDetail) {
  const pinia = createPinia()
  const session = useSessionStore(pinia)
  session.$patch({ userId: 'user-1' })
  vi.spyOn(session, 'refresh').mockResolvedValue(null)
  session.memberships = [
    {
      communityId: 'c1',
      communityName: '梧桐里',
      personId: 'p1',
      displayName: '王小明',
      roles: [],
      modules: {},
      helps: [],
    } as never,
  ]
  const wrapper = mount(ShiftClaimButton, {
    props: { shift, now: NOW },
    global: { plugins: [pinia, PiniaColada, testI18n()], stubs: { RouterLink: true } },
    attachTo: document.body,
  })
  const button = (name: string) => wrapper.findAll('button').find((b) => b.text().startsWith(name))
  return { wrapper, button }
}

describe('the claim button', () => {
  beforeEach(() => {
    online = true
    document.body.innerHTML = ''
    execute.mockReset()
    stubOutbox()
  })

  it('claims once however often it is tapped', async () => {
    execute.mockResolvedValue({ signup_id: 's1', status: 'confirmed', ahead: 0 })
    const { button } = show(aShiftDetail())
    void button('报名')!.trigger('click')
    void button('报名')!.trigger('click')
    await flushPromises()
    expect(execute.mock.calls.map(([command]) => command)).toEqual(['claim_shift'])
  })

  it('says why it was refused and can be tried again', async () => {
    execute.mockRejectedValueOnce(new AppError('offline_never', { status: 409 }))
    const { wrapper, button } = show(aShiftDetail())
    await button('报名')!.trigger('click')
    await flushPromises()
    expect(wrapper.get('[role="alert"]').text().length).toBeGreaterThan(4)
    expect(button('报名')!.exists()).toBe(true)
  })

  it('keeps the claim as 待同步 without network, and takes it back without a trace', async () => {
    online = false
    const { wrapper, button } = show(aShiftDetail())
    await button('报名')!.trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('报名待同步')
    await button('不报了')!.trigger('click')
    await flushPromises()
    const confirm = [...document.querySelectorAll('[role="alertdialog"] button')].find(
      (b) => b.textContent?.trim() === '取消报名',
    ) as HTMLButtonElement
    confirm.click()
    await flushPromises()
    expect(button('报名')).toBeDefined()
    expect(execute).not.toHaveBeenCalled()
  })

  it('registers a newcomer first, and only with their consent', async () => {
    execute.mockResolvedValue({ signup_id: 's1', status: 'confirmed', ahead: 0 })
    const { wrapper, button } = show(aShiftDetail({ whyNot: 'not_a_volunteer' }))
    await button('成为志愿者并报名')!.trigger('click')
    expect(execute).not.toHaveBeenCalled()
    expect(wrapper.get('[role="alert"]').text()).toContain('勾选同意')

    await wrapper.get('input[type="checkbox"]').setValue(true)
    await button('成为志愿者并报名')!.trigger('click')
    await flushPromises()
    expect(execute.mock.calls.map(([command]) => command).slice(0, 2)).toEqual(['register_volunteer', 'claim_shift'])
  })

  it('offers the waiting list when it is full', () => {
    const places = { capacity: 1, taken: 1, waiting: 3, roles: [aRole({ capacity: 1, taken: 1 })] }
    expect(show(aShiftDetail({ places })).button('候补')).toBeDefined()
  })

  it('explains kindly instead of showing a dead button', () => {
    const { wrapper } = show(aShiftDetail(notFor('guardian_required', 'too_young')))
    expect(wrapper.find('button').exists()).toBe(false)
    expect(wrapper.text()).toContain('监护人')
    expect(wrapper.text()).toContain('要满 16 岁')
  })

  it('warns before a late cancel', async () => {
    const mine = {
      signupId: 's1',
      status: 'confirmed' as const,
      offerExpiresAt: null,
      role: 'helper' as const,
      ahead: 0,
      standIn: null,
      attendance: null,
    }
    const { button } = show(aShiftDetail({ mine, startsAt: new Date(NOW + 3_600_000) }))
    await button('取消报名')!.trigger('click')
    await flushPromises()
    expect(document.querySelector('[role="alertdialog"]')!.textContent).toContain('不到 12 小时')
  })
})
