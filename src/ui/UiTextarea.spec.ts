import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UiTextarea from './UiTextarea.vue'

it('counts characters as people do, rare ones and emoji too', () => {
  const wrapper = mount(UiTextarea, {
    props: { modelValue: '𠮷野家🙂', max: 10 },
    global: { plugins: [testI18n()] },
  })
  expect(wrapper.text()).toContain('4 / 10 字')
})
