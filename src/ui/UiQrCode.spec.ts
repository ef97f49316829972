import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UiQrCode from './UiQrCode.vue'

it('draws dark modules on white, with a quiet zone and a name', () => {
  const wrapper = mount(UiQrCode, { props: { text: 'SL1:abc:123456', label: '我的签到码' } })
  expect(wrapper.attributes('role')).toBe('img')
  expect(wrapper.attributes('aria-label')).toBe('我的签到码')
  const cells = [
    ...wrapper
      .get('path')
      .attributes('d')!
      .matchAll(/M(\d+) (\d+)h/g),
  ]
  expect(cells.length).toBeGreaterThan(100)
  // The finder begins behind three white modules on both sides.
  expect(Math.min(...cells.map((c) => Number(c[1])))).toBe(3)
  expect(Math.min(...cells.map((c) => Number(c[2])))).toBe(3)
})
