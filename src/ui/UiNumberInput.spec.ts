import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import UiNumberInput from './UiNumberInput.vue'

function numberInput(modelValue: number | null) {
  return mount(UiNumberInput, {
    props: { modelValue, min: 1, max: 5 },
    global: { plugins: [testI18n()] },
  })
}

describe('UiNumberInput', () => {
  it('steps within its bounds', async () => {
    const wrapper = numberInput(4)
    await wrapper.get('[aria-label="加一"]').trigger('click')
    expect(wrapper.emitted('update:modelValue')).toEqual([[5]])
    await wrapper.setProps({ modelValue: 5 })
    expect(wrapper.get('[aria-label="加一"]').attributes('disabled')).toBeDefined()
  })

  it('starts at the minimum when it was empty', async () => {
    const wrapper = numberInput(null)
    await wrapper.get('[aria-label="加一"]').trigger('click')
    expect(wrapper.emitted('update:modelValue')).toEqual([[1]])
  })

  it('understands full-width digits, keeps to the bounds, and empties on nonsense', async () => {
    const wrapper = numberInput(2)
    const input = wrapper.get('input')
    for (const [typed, value] of [
      ['３', 3],
      ['99', 5],
      ['abc', null],
    ] as const) {
      await input.setValue(typed)
      await input.trigger('change')
      expect(wrapper.emitted('update:modelValue')!.at(-1)).toEqual([value])
    }
  })
})
