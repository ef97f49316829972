import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import UiButton from './UiButton.vue'

function button(props: Record<string, unknown>, onClick = vi.fn()) {
  const wrapper = mount(UiButton, {
    props: { ...props, onClick } as never,
    slots: { default: '报名' },
    global: { plugins: [testI18n()] },
  })
  return { wrapper, onClick }
}

describe('UiButton', () => {
  it('presses', async () => {
    const { wrapper, onClick } = button({})
    await wrapper.get('button').trigger('click')
    expect(onClick).toHaveBeenCalledTimes(1)
  })

  it('ignores a second press while it works, keeps the focus and says so', async () => {
    const { wrapper, onClick } = button({ loading: true })
    await wrapper.get('button').trigger('click')
    expect(onClick).not.toHaveBeenCalled()
    expect(wrapper.attributes('disabled')).toBeUndefined()
    expect(wrapper.attributes('aria-busy')).toBe('true')
    expect(wrapper.text()).toContain('正在加载')
  })

  it('is a link with href', () => {
    const { wrapper } = button({ href: 'tel:02855501234' })
    expect(wrapper.element.tagName).toBe('A')
  })
})
