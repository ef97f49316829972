import { createHash } from 'node:crypto'

/** The one seed of the demo data; every entity draws from a sub-seed of its own, so a new table does not shift the others. */
const SEED = 'sanlian-demo-2026'

/** A UUID (version 8, made by us) from a natural key: the same key gives the same id on every machine. */
export function idOf(...key: (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`${SEED}|${key.join('|')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A small fast generator (sfc32), seeded by name. */
export class Rng {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(name: string) {
    const hash = createHash('sha256').update(`${SEED}|rng|${name}`).digest()
    this.a = hash.readUInt32LE(0)
    this.b = hash.readUInt32LE(4)
    this.c = hash.readUInt32LE(8)
    this.d = hash.readUInt32LE(12)
  }

  /** 0 ≤ x < 1 */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return (t >>> 0) / 4294967296
  }

  /** A whole number from min to max, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return at(list, Math.floor(this.next() * list.length))
  }

  shuffle<T>(list: readonly T[]): T[] {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = this.int(0, i)
      const held = at(out, i)
      out[i] = at(out, j)
      out[j] = held
    }
    return out
  }
}

/** The element that must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new Error(`The demo data reach beyond a list: ${index} of ${list.length}.`)
  return value
}

export function sum(list: readonly number[]): number {
  return list.reduce((total, value) => total + value, 0)
}

/** `total` cut into `parts` whole numbers that differ by at most one. */
export function share(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor(total / parts) + (i < total % parts ? 1 : 0))
}
