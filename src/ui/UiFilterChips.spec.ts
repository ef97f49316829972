import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiFilterChips from './UiFilterChips.vue'

const options = [
  { value: 'a', label: '周六' },
  { value: 'b', label: '周日' },
]
const chip = (wrapper: ReturnType<typeof mount>, text: string) =>
  wrapper.findAll('button').find((b) => b.text() === text)!

describe('UiFilterChips', () => {
  it('chooses one, and none again', async () => {
    const wrapper = mount(UiFilterChips, { props: { label: '日期', options, modelValue: null } })
    await chip(wrapper, '周日').trigger('click')
    await wrapper.setProps({ modelValue: 'b' })
    expect(chip(wrapper, '周日').attributes('aria-pressed')).toBe('true')
    await chip(wrapper, '周日').trigger('click')
    expect(wrapper.emitted('update:modelValue')).toEqual([['b'], [null]])
  })

  it('chooses several, and all at once', async () => {
    const wrapper = mount(UiFilterChips, {
      props: { label: '日期', options, modelValue: ['a'], allLabel: '全部' },
    })
    await chip(wrapper, '周日').trigger('click')
    await chip(wrapper, '全部').trigger('click')
    expect(wrapper.emitted('update:modelValue')).toEqual([[['a', 'b']], [[]]])
  })
})
