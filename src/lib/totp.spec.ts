import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { codeCounter, memberCode } from './totp'

// RFC 6238 appendix B, SHA-256: eight digits there, we keep the last six.
const RFC_SECRET = Buffer.from('12345678901234567890123456789012').toString('hex')

describe('memberCode', () => {
  it.each([
    [59, '119246'],
    [1111111109, '084774'],
    [1111111111, '062674'],
    [1234567890, '819424'],
    [2000000000, '698825'],
    [20000000000, '737706'],
  ])('matches RFC 6238 at %i s', (seconds, code) => {
    expect(memberCode(RFC_SECRET, codeCounter(seconds * 1000))).toBe(code)
  })

  it('agrees with an independent implementation and pads with zeros', () => {
    for (let counter = 0; counter < 2000; counter++) {
      const message = Buffer.alloc(8)
      message.writeBigUInt64BE(BigInt(counter))
      const mac = createHmac('sha256', Buffer.from('00ff10', 'hex')).update(message).digest()
      const value = (mac.readUInt32BE(mac[31]! & 15) & 0x7fffffff) % 1_000_000
      expect(memberCode('00ff10', counter)).toBe(String(value).padStart(6, '0'))
    }
  })

  it('refuses a secret that is not hex', () => {
    expect(() => memberCode('xyz', 1)).toThrow(RangeError)
  })
})
