import { readonly, ref } from 'vue'

const OFFSET_KEY = 'sanlian.clock-offset'

const offset = ref(Number(safeGet(OFFSET_KEY)) || 0)
/** True once a body told the product's own time, which a demo installation runs ahead of the header's. */
let toldByBody = offset.value !== 0

function safeGet(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Milliseconds to add to the device's clock to get the server's. */
export const clockOffset = readonly(offset)

/** The server's time now, as well as the device knows it (also offline, by the last offset). */
export function serverNow(): number {
  return Date.now() + offset.value
}

/**
 * Learns the offset from an answer's header, until a body has told better. `Date` is whole seconds, so small differences are noise
 * and only a second or more counts.
 *
 * @param startedAt device time (ms) when the request left
 */
export function learnClock(response: Response, startedAt: number): void {
  const header = response.headers.get('date')
  if (!header || toldByBody) return
  learn(Date.parse(header) + 500, startedAt)
}

/** Learns the offset from a `server_time` in a body (exact to the round trip). */
export function learnServerTime(serverMs: number, startedAt: number): void {
  toldByBody = true
  learn(serverMs, startedAt)
}

function learn(serverMs: number, startedAt: number, now = Date.now()): void {
  if (!Number.isFinite(serverMs)) return
  const roundTrip = now - startedAt
  // A slow answer says little about the time.
  if (roundTrip > 10_000) return
  const measured = serverMs - (startedAt + roundTrip / 2)
  if (Math.abs(measured - offset.value) < 1000) return
  offset.value = Math.round(measured)
  try {
    localStorage.setItem(OFFSET_KEY, String(offset.value))
  } catch {
    // A browser without storage measures again next time.
  }
}
