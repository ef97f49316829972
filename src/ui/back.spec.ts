import { expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { closeTopmost, useClosedByBack } from './back'

it('going back closes the topmost, then the one below, then nothing', async () => {
  const sheet = ref(false)
  const confirm = ref(false)
  const scope = effectScope()
  scope.run(() => [sheet, confirm].forEach(useClosedByBack))
  expect(closeTopmost()).toBe(false)
  sheet.value = true
  await nextTick()
  confirm.value = true
  await nextTick()
  expect(closeTopmost()).toBe(true)
  await nextTick()
  expect([sheet.value, confirm.value]).toEqual([true, false])
  scope.stop()
  expect(closeTopmost()).toBe(false)
})
