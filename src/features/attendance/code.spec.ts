import { describe, expect, it } from 'vitest'
import { codeAt, readCode } from './code'

const PERSON = '0193b8a0-0000-7000-8000-000000000001'
const SECRET = '00'.repeat(31) + '01'

describe('the member code', () => {
  const start = 59_000_000 * 30_000
  it('stays for 30 seconds and then changes', () => {
    const first = codeAt(PERSON, SECRET, start)
    expect(codeAt(PERSON, SECRET, start + 29_999).text).toBe(first.text)
    expect(codeAt(PERSON, SECRET, start + 30_000).text).not.toBe(first.text)
    expect(first.leftPart).toBe(1)
    expect(codeAt(PERSON, SECRET, start + 15_000)).toMatchObject({ leftMs: 15_000, leftPart: 0.5 })
  })
  it('is read back from what the QR says, with spaces and full-width digits too', () => {
    const { text, digits } = codeAt(PERSON, SECRET, start)
    expect(readCode(text)).toEqual({ kind: 'scanned', code: text, personId: PERSON })
    expect(readCode(digits)).toEqual({ kind: 'typed', code: digits.replace(' ', '') })
    expect(readCode('123456')).toEqual({ kind: 'typed', code: '123456' })
  })
  it('knows a payment code from a member code', () => {
    expect(readCode('https://example.com/pay')).toBeNull()
    expect(readCode('12345')).toBeNull()
  })
})
