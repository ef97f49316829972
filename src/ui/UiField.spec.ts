import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent } from 'vue'
import UiField from './UiField.vue'
import UiInput from './UiInput.vue'
import UiSelect from './UiSelect.vue'
import UiTextarea from './UiTextarea.vue'

function field(inside: string, props = '') {
  return mount(
    defineComponent({
      components: { UiField, UiInput, UiSelect, UiTextarea },
      template: `<UiField label="姓名" ${props}>${inside}</UiField>`,
    }),
    { global: { plugins: [testI18n()] } },
  )
}

describe('UiField', () => {
  it.each(['<UiInput />', '<UiTextarea />', '<UiSelect :options="[]" />'])('labels %s', (inside) => {
    const wrapper = field(inside)
    const control = wrapper.get('input, textarea, select')
    expect(wrapper.get('label').attributes('for')).toBe(control.attributes('id'))
  })

  it('ties hint and error to the control and keeps both readable', () => {
    const wrapper = field('<UiInput />', 'hint="和证件一致" error="请填写姓名" required')
    const input = wrapper.get('input')
    const described = input.attributes('aria-describedby')!.split(' ')
    expect(described.map((id) => wrapper.get(`#${id}`).text())).toEqual(['和证件一致', '请填写姓名'])
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(input.attributes('aria-required')).toBe('true')
  })

  it('says what is optional', () => {
    expect(field('<UiInput />').get('label').text()).toContain('选填')
    expect(field('<UiInput />', 'required').get('label').text()).not.toContain('选填')
  })

  it('hands attributes through to the control', () => {
    expect(field('<UiInput autocomplete="name" />').get('input').attributes('autocomplete')).toBe('name')
    expect(field('<UiTextarea maxlength="9" />').get('textarea').attributes('maxlength')).toBe('9')
  })
})
