import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** Seconds one code is shown. */
export const CODE_PERIOD = 30

/** The step a moment belongs to. */
export function codeCounter(epochMs: number): number {
  return Math.floor(epochMs / 1000 / CODE_PERIOD)
}

function hexToBytes(hex: string): Uint8Array {
  if (hex.length === 0 || hex.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(hex)) {
    throw new RangeError('not a hex secret')
  }
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
}

/**
 * The member's six-digit code of one step: HMAC-SHA256 over the counter as 8 bytes big
 * endian, truncated as in RFC 4226. The SQL side computes the same. Works on plain http
 * too, because it does not need `crypto.subtle`.
 *
 * @example memberCode(secretHex, codeCounter(serverNow()))
 */
export function memberCode(secretHex: string, counter: number): string {
  const message = new Uint8Array(8)
  new DataView(message.buffer).setBigUint64(0, BigInt(counter))
  const mac = hmac(sha256, hexToBytes(secretHex), message)
  const offset = mac[mac.length - 1]! & 15
  const value = ((mac[offset]! & 0x7f) << 24) | (mac[offset + 1]! << 16) | (mac[offset + 2]! << 8) | mac[offset + 3]!
  return String(value % 1_000_000).padStart(6, '0')
}
