import { testI18n } from '@/lib/testing'
import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import UiSheet from './UiSheet.vue'

afterEach(() => (document.body.innerHTML = ''))

it('is a named dialog that closes by its button and by Escape', async () => {
  const wrapper = mount(UiSheet, {
    props: { open: true, title: '报名' },
    slots: { default: '确认吗' },
    global: { plugins: [testI18n()] },
    attachTo: document.body,
  })
  await nextTick()
  const dialog = document.querySelector('[role=dialog]')!
  expect(document.getElementById(dialog.getAttribute('aria-labelledby')!)!.textContent).toBe('报名')
  dialog.querySelector<HTMLElement>('[aria-label="关闭"]')!.click()
  await nextTick()
  expect(wrapper.emitted('update:open')).toEqual([[false]])
})
