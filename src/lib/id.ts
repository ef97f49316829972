const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

let lastMs = 0
let counter = 0

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  // getRandomValues, unlike randomUUID, also exists on plain http (a phone on the LAN address).
  globalThis.crypto.getRandomValues(bytes)
  return bytes
}

/**
 * A new UUIDv7: time-ordered, made by the client, so that a command sent twice
 * finds its own row. Ids made in the same millisecond still sort in the order of making.
 *
 * @example const id = newId() // '0193…-7…'
 */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  if (now > lastMs) {
    lastMs = now
    counter = ((bytes[6]! & 0x03) << 8) | bytes[7]!
  } else {
    counter += 1
    if (counter > 0x0fff) {
      lastMs += 1
      counter = 0
    }
  }
  const ms = lastMs
  bytes[0] = Math.floor(ms / 2 ** 40) & 0xff
  bytes[1] = Math.floor(ms / 2 ** 32) & 0xff
  bytes[2] = Math.floor(ms / 2 ** 24) & 0xff
  bytes[3] = Math.floor(ms / 2 ** 16) & 0xff
  bytes[4] = Math.floor(ms / 2 ** 8) & 0xff
  bytes[5] = ms & 0xff
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const h = Array.from(bytes, (b) => HEX[b]!).join('')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
