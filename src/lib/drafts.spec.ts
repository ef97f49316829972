import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useDraft, useDrafts } from './drafts'

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

describe('useDrafts', () => {
  const sheet = () => {
    const form = ref({ title: '' })
    const scope = effectScope()
    return { form, scope, ...scope.run(() => useDrafts(form))! }
  }

  it('keeps what was typed for each thing apart', async () => {
    const one = sheet()
    one.begin('corps:1', { title: '绿' })
    one.form.value.title = '绿色义工'
    await nextTick()
    expect(one.begin('corps:2', { title: '蓝' })).toBe(false)
    expect(one.form.value.title).toBe('蓝')
    expect(one.begin('corps:1', { title: '绿' })).toBe(true)
    expect(one.form.value.title).toBe('绿色义工')
    one.scope.stop()
  })

  it('keeps nothing of a form that was sent or left as it was', async () => {
    const one = sheet()
    one.begin('corps:1', { title: '绿' })
    one.form.value.title = '别的'
    await nextTick()
    one.form.value.title = '绿'
    await nextTick()
    one.scope.stop()
    const two = sheet()
    expect(two.begin('corps:1', { title: '绿' })).toBe(false)
    two.form.value.title = '绿色义工'
    await nextTick()
    two.clear()
    two.scope.stop()
    expect(sheet().begin('corps:1', { title: '绿' })).toBe(false)
  })

  it('drops a draft of something that has changed since', async () => {
    const one = sheet()
    one.begin('corps:1', { title: '绿' }, 'version 1')
    one.form.value.title = '绿色义工'
    await nextTick()
    one.scope.stop()
    expect(sheet().begin('corps:1', { title: '绿' }, 'version 2')).toBe(false)
    expect(sheet().begin('corps:1', { title: '绿' }, 'version 1')).toBe(true)
  })
})
