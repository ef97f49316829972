import { describe, expect, it } from 'vitest'
import { newId } from './id'

describe('newId', () => {
  it('has the shape of a version 7 uuid', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('never repeats and sorts in the order of making, also within one millisecond', () => {
    const ids = Array.from({ length: 10_000 }, () => newId())
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })

  it('keeps sorting when the clock of the phone goes back', () => {
    const late = newId(Date.now() + 60_000)
    const after = newId(Date.now())
    expect(after > late).toBe(true)
  })
})
