import { AppError } from '@/lib/errors'
import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiAsync from './UiAsync.vue'

const show = (props: Record<string, unknown>) =>
  mount(UiAsync, {
    props,
    slots: { default: '两个班次', empty: '还没有班次' },
    global: { plugins: [testI18n()] },
  })

describe('UiAsync', () => {
  it('waits, then shows', async () => {
    const wrapper = show({ pending: true })
    expect(wrapper.get('[role=status]').attributes('aria-label')).toBe('正在加载')
    await wrapper.setProps({ pending: false })
    expect(wrapper.text()).toBe('两个班次')
  })

  it('says that there is nothing', () => {
    expect(show({ empty: true }).text()).toBe('还没有班次')
  })

  it('says what failed and offers another try', async () => {
    const wrapper = show({ error: new AppError('server_busy', { status: 503 }) })
    expect(wrapper.text()).toContain('服务器有点忙')
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('retry')).toHaveLength(1)
  })

  it('keeps showing what it had when a refresh fails', () => {
    const text = show({ error: new AppError('offline'), hasData: true }).text()
    expect(text).toContain('两个班次')
    expect(text).toContain('上次看到的内容')
  })

  it('says when a page is for others', () => {
    expect(show({ error: new AppError('not_allowed', { status: 403 }) }).text()).toContain('不对您开放')
    expect(show({ error: new AppError('module_off', { status: 403 }) }).text()).toContain('没有开启')
  })
})
