import { CODE_PERIOD, codeCounter, memberCode } from '@/lib/totp'

/** What the QR says: `SLM1:<person>:<counter>:<six digits>`. */
const SCANNED = /^SLM1:([0-9a-f-]{36}):(\d{6,12}):(\d{6})$/
const TYPED = /^\d{6}$/

export interface ShownCode {
  /** The text of the QR. */
  text: string
  /** `123 456`, to be read out. */
  digits: string
  counter: number
  /** Milliseconds until the next one. */
  leftMs: number
  /** 1 = just begun, 0 = over. */
  leftPart: number
}

/** The code of a person at a moment of the server's clock. */
export function codeAt(personId: string, secret: string, nowMs: number): ShownCode {
  const counter = codeCounter(nowMs)
  const digits = memberCode(secret, counter)
  const leftMs = (counter + 1) * CODE_PERIOD * 1000 - nowMs
  return {
    text: `SLM1:${personId}:${counter}:${digits}`,
    digits: `${digits.slice(0, 3)} ${digits.slice(3)}`,
    counter,
    leftMs,
    leftPart: leftMs / (CODE_PERIOD * 1000),
  }
}

/** What the leader scanned or typed; null when it is no member's code at all. */
export type ReadCode = { kind: 'scanned'; code: string; personId: string } | { kind: 'typed'; code: string }

export function readCode(raw: string): ReadCode | null {
  const code = raw.normalize('NFKC').replace(/\s/g, '')
  const scanned = SCANNED.exec(code)
  if (scanned) return { kind: 'scanned', code, personId: scanned[1]! }
  return TYPED.test(code) ? { kind: 'typed', code } : null
}
