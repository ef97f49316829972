import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useDraft } from './drafts'

afterEach(() => localStorage.clear())

function open(key: string) {
  const form = ref({ title: '', note: '' })
  const scope = effectScope()
  const draft = scope.run(() => useDraft(key, form))!
  return { form, scope, draft }
}

describe('useDraft', () => {
  it('gives back what was typed when the form is opened again', async () => {
    const first = open('wish')
    first.form.value.title = '一盏台灯'
    await nextTick()
    first.scope.stop()

    const second = open('wish')
    expect(second.form.value.title).toBe('一盏台灯')
    expect(second.draft.restored.value).toBe(true)
  })

  it('forgets after the form was sent', async () => {
    const first = open('wish')
    first.form.value.title = '一盏台灯'
    await nextTick()
    first.draft.clear()
    first.scope.stop()
    expect(open('wish').draft.restored.value).toBe(false)
  })

  it('lets go of a draft after 30 days', async () => {
    const first = open('wish')
    first.form.value.title = '旧的'
    await nextTick()
    first.scope.stop()
    vi.useFakeTimers({ now: Date.now() + 31 * 86_400_000 })
    expect(open('wish').form.value.title).toBe('')
    vi.useRealTimers()
  })
})
