import { describe, expect, it } from 'vitest'
import { safeText } from './excel'

describe('safeText', () => {
  it.each(['=HYPERLINK("http://x")', '@SUM(A1)', '+cmd|calc', '-2+cmd', '\t=1'])('disarms %s', (text) => {
    expect(safeText(text)).toBe(`'${text}`)
  })

  it.each(['王*明', '+86 138 0000 5678', '-3', '3号楼', '𠮷野', ''])('leaves %s alone', (text) => {
    expect(safeText(text)).toBe(text)
  })
})
