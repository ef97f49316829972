import { testI18n } from '@/lib/testing'
import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useToast } from './toast'
import UiToaster from './UiToaster.vue'

enableAutoUnmount(afterEach)
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  const { toasts, dismiss } = useToast()
  for (const toast of toasts.value) dismiss(toast.id)
  vi.useRealTimers()
})

const open = () => mount(UiToaster, { global: { plugins: [testI18n()] } })

describe('toasts', () => {
  it('good news goes by itself, bad news stays until it was read', async () => {
    const wrapper = open()
    useToast().success('报名成功')
    useToast().error('没有成功')
    await vi.advanceTimersByTimeAsync(7000)
    expect(wrapper.text()).toContain('没有成功')
    expect(wrapper.text()).not.toContain('报名成功')
    await wrapper.get('[aria-label="关闭"]').trigger('click')
    expect(wrapper.text()).toBe('')
  })

  it('waits while somebody reads', async () => {
    const wrapper = open()
    useToast().success('报名成功')
    await vi.advanceTimersByTimeAsync(10)
    await wrapper.trigger('focusin')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(wrapper.text()).toContain('报名成功')
  })

  it('offers an action and does not repeat itself', async () => {
    const run = vi.fn()
    const wrapper = open()
    useToast().info('有新版本了', { action: { label: '现在更新', run } })
    useToast().info('有新版本了', { action: { label: '现在更新', run } })
    await vi.advanceTimersByTimeAsync(60_000)
    const action = wrapper.findAll('button').filter((b) => b.text() === '现在更新')
    expect(action).toHaveLength(1)
    await action[0]!.trigger('click')
    expect(run).toHaveBeenCalledTimes(1)
  })
})
