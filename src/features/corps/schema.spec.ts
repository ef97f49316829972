import { describe, expect, it } from 'vitest'
import { corpsProblems } from './schema'

const draft = { color: 'green_eco' as const, name: '绿色生态队', charter: '', relayPhone: '' }

describe('the charter of a corps', () => {
  it('needs a name of 1 to 40 characters, counted as people count', () => {
    expect(corpsProblems(draft)).toEqual({})
    expect(corpsProblems({ ...draft, name: '  ' }).name).toBe('name_missing')
    expect(corpsProblems({ ...draft, name: '𠮷'.repeat(40) })).toEqual({})
    expect(corpsProblems({ ...draft, name: '𠮷'.repeat(41) }).name).toBe('name_long')
  })

  it('holds up to 2000 characters', () => {
    expect(corpsProblems({ ...draft, charter: '队'.repeat(2001) }).charter).toBe('charter_long')
  })
})
