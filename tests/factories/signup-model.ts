/**
 * Sign-up as a small model: one shift with one role, people, offers by time, blocks, stand-ins. It knows no SQL; the
 * property test plays the same steps on both and compares everything after each.
 */
export const MINUTE = 60_000_000
const HOUR = 60 * MINUTE
/** Microseconds from the beginning of a sequence. */
export const START = 72 * HOUR
export const END = START + 2 * HOUR
export const PEOPLE = 8
/** The last of the people is the contact of a firm. */
export const CONTACT = PEOPLE - 1

export interface Signup {
  id: number
  person: number
  status: string
  queueNo: number
  expires: number | null
  block: number | null
  /** Taken by oneself: giving it back late counts only then. */
  own: boolean
}
export interface Block {
  id: number
  places: number
  filled: number
  first: number
  until: number
  released: boolean
}
export interface Call {
  id: number
  signup: number
  from: number
  to: number | null
  status: string
  step: number
  created: number
}
/** One step as the database plays it: the moment, the command, who, and numbers. `id` names what it makes. */
export interface Step {
  id: number
  at: number
  kind: string
  who: number
  a: number | null
  b: number | null
}

class Refused extends Error {}
const refuse = (slug: string): never => {
  throw new Refused(slug)
}

export class Model {
  now = 0
  next = 1
  signups: Signup[] = []
  blocks: Block[] = []
  calls: Call[] = []

  constructor(public capacity: number) {}

  get taken() {
    return this.signups.filter(({ status }) => status === 'confirmed' || status === 'offered').length
  }
  get reserved() {
    return this.blocks.filter(({ released }) => !released).reduce((sum, b) => sum + b.places - b.filled, 0)
  }
  get queue() {
    return this.signups.filter(({ status }) => status === 'waitlisted').toSorted((x, y) => x.queueNo - y.queueNo)
  }

  /** Plays a step; what it refuses changes nothing, not even what was only settled on the way. */
  play({ id, at, kind, who, a, b }: Step): string {
    this.now = at
    const before = this.copy()
    try {
      const act = this[kind as 'claim'] as (...args: (number | null)[]) => void
      act.call(this, id, who, a, b)
      return 'ok'
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      Object.assign(this, before)
      return error.message
    }
  }

  private copy() {
    return {
      capacity: this.capacity,
      next: this.next,
      signups: this.signups.map((s) => ({ ...s })),
      blocks: this.blocks.map((b) => ({ ...b })),
      calls: this.calls.map((c) => ({ ...c })),
    }
  }

  claim(id: number, who: number) {
    if (this.now >= START) refuse('shift_started')
    this.settle()
    this.clear(who, false)
    const free = this.taken + this.reserved < this.capacity
    this.signups.push({
      id,
      person: who,
      status: free ? 'confirmed' : 'waitlisted',
      queueNo: this.next++,
      expires: null,
      block: null,
      own: true,
    })
  }

  cancel(_id: number, _who: number, signup: number) {
    const s = this.signup(signup)
    const live = this.statusNow(s)
    if (!['confirmed', 'waitlisted', 'offered'].includes(live)) refuse('signup_not_cancellable')
    if (this.now >= START) refuse('shift_started')
    const held = s.status !== 'waitlisted'
    s.status = s.status === 'confirmed' && s.own && START - this.now < 12 * HOUR ? 'late_cancelled' : 'cancelled'
    s.expires = null
    if (held) this.free(s)
    this.settle()
  }

  accept(_id: number, _who: number, signup: number) {
    const s = this.signup(signup)
    if (this.statusNow(s) !== 'offered') refuse('offer_lapsed')
    Object.assign(s, { status: 'confirmed', expires: null, own: true })
  }

  decline(_id: number, _who: number, signup: number) {
    const s = this.signup(signup)
    if (this.statusNow(s) !== 'offered') refuse('offer_lapsed')
    Object.assign(s, { status: 'cancelled', expires: null })
    this.free(s)
    this.settle()
  }

  /** Whoever stands in the queue and looks finds it settled. */
  look(_id: number, who: number) {
    const stale =
      this.signups.some((s) => s.status === 'offered' && s.expires! <= this.now) ||
      this.blocks.some((b) => !b.released && b.until <= this.now)
    const stands = this.signups.some((s) => s.person === who && ['waitlisted', 'offered'].includes(s.status))
    if (stale && stands) this.settle()
  }

  capacityTo(_id: number, _who: number, wanted: number) {
    this.settle()
    if (this.now >= END) refuse('shift_ended')
    if (wanted < this.taken + this.reserved) {
      if (this.now >= START) refuse('shift_started')
      this.lower(this.taken + this.reserved - wanted)
    }
    this.capacity = wanted
    this.settle()
  }

  private lower(excess: number) {
    for (const block of this.blocks.filter((b) => !b.released && b.places > b.filled).toReversed()) {
      const less = Math.min(excess, block.places - block.filled)
      block.places -= less
      excess -= less
    }
    const held = this.signups.filter(({ status }) => status === 'confirmed' || status === 'offered')
    for (const s of held.toSorted((x, y) => y.queueNo - x.queueNo).slice(0, excess)) {
      for (const call of this.calls) if (call.signup === s.id && call.status === 'open') call.status = 'withdrawn'
      if (s.block !== null) {
        const block = this.blocks.find(({ id }) => id === s.block)!
        block.places -= 1
        block.filled -= 1
      }
      Object.assign(s, { status: 'waitlisted', expires: null, block: null })
    }
  }

  askStandIn(id: number, _who: number, signup: number, to: number | null) {
    const s = this.signup(signup)
    if (to === s.person) refuse('stand_in_is_oneself')
    this.settle()
    if (this.now >= START) refuse('shift_started')
    if (s.status !== 'confirmed') refuse('signup_not_confirmed')
    if (this.calls.some((c) => c.signup === s.id && c.status === 'open')) refuse('stand_in_already_asked')
    if (this.signups.some((o) => o.person === to && o.status === 'confirmed')) refuse('stand_in_has_a_place')
    const step = Math.min(window(this.now), toMicroseconds((START - this.now) / (2 + this.queue.length)))
    this.calls.push({ id, signup: s.id, from: s.person, to, status: 'open', step, created: this.now })
  }

  standIn(id: number, who: number, callId: number) {
    const call = this.calls.find((c) => c.id === callId)!
    if (this.opensAt(call, who) === null) refuse('stand_in_unknown')
    this.settle()
    const given = this.signup(call.signup)
    if (call.status !== 'open' || given.status !== 'confirmed' || this.now >= START) refuse('stand_in_over')
    if (this.opensAt(call, who)! > this.now) refuse('stand_in_not_your_turn')
    this.clear(who, true)
    const { queueNo, block } = given
    Object.assign(given, { status: 'cancelled', queueNo: this.next++, block: null })
    this.signups.push({ id, person: who, status: 'confirmed', queueNo, expires: null, block, own: true })
    call.status = 'accepted'
    this.settle()
  }

  declineStandIn(_id: number, who: number, callId: number) {
    const call = this.calls.find((c) => c.id === callId)!
    if (call.to !== who) refuse('stand_in_unknown')
    if (call.status !== 'open') refuse('stand_in_over')
    call.status = 'declined'
  }

  withdrawStandIn(_id: number, who: number, callId: number) {
    const call = this.calls.find((c) => c.id === callId)!
    if (call.from !== who) refuse('stand_in_unknown')
    if (call.status !== 'open') refuse('stand_in_over')
    call.status = 'withdrawn'
  }

  reserve(id: number, _who: number, places: number, until: number) {
    if (this.now >= START) refuse('shift_started')
    if (until <= this.now || until > START) refuse('block_until_invalid')
    this.settle()
    const held = this.blocks.filter(({ released }) => !released).reduce((sum, b) => sum + b.places, 0)
    if (places > Math.floor(this.capacity / 2) - held) refuse('block_too_large')
    if (places > this.capacity - this.taken - this.reserved) refuse('not_enough_places')
    this.blocks.push({ id, places, filled: 0, first: this.next, until, released: false })
    this.next += places
  }

  fill(id: number, _who: number, blockId: number, person: number) {
    const block = this.openBlock(blockId)
    if (block.filled >= block.places) refuse('block_full')
    // Why somebody else cannot is not told to whoever hands in the names.
    this.clear(person, true, 'stand_in_not_possible')
    let queueNo = block.first
    while (this.signups.some((s) => s.queueNo === queueNo)) queueNo += 1
    this.signups.push({ id, person, status: 'confirmed', queueNo, expires: null, block: blockId, own: false })
    block.filled += 1
    this.settle()
  }

  release(_id: number, _who: number, blockId: number) {
    this.openBlock(blockId).released = true
    this.settle()
  }

  onTheSpot(id: number, _who: number, person: number) {
    this.settle()
    if (this.now < START) refuse('shift_not_started')
    if (this.now >= END) refuse('shift_ended')
    this.clear(person, true)
    if (this.taken + this.reserved >= this.capacity) refuse('shift_full')
    this.signups.push({ id, person, status: 'confirmed', queueNo: this.next++, expires: null, block: null, own: false })
  }

  /** Only time passes; nobody touches anything. */
  wait() {}

  statusNow(s: Signup): string {
    if (s.status === 'offered' && s.expires! <= this.now) return 'lapsed'
    return s.status === 'waitlisted' && this.now >= START ? 'lapsed' : s.status
  }

  opensAt(call: Call, who: number): number | null {
    if (call.to !== null) return call.to === who ? call.created : null
    if (call.from === who) return null
    const own = this.queue.findIndex(({ person }) => person === who)
    return call.created + call.step * (own < 0 ? this.queue.length : own)
  }

  /** What the database is asked for after each step, in the same form. */
  state() {
    return {
      capacity: this.capacity,
      taken: this.taken,
      reserved: this.reserved,
      next: this.next,
      takenNow: this.taken - this.signups.filter((s) => s.status === 'offered' && s.expires! <= this.now).length,
      reservedNow: this.blocks
        .filter((b) => !b.released && b.until > this.now)
        .reduce((sum, b) => sum + b.places - b.filled, 0),
      signups: this.signups
        .toSorted((x, y) => x.queueNo - y.queueNo)
        .map((s) => [s.id, s.person, s.status, this.statusNow(s), s.queueNo, s.expires, s.block]),
      blocks: this.blocks.map((b) => [b.id, b.places, b.filled, b.released]),
      calls: this.calls.map((c) => [c.id, c.status]),
    }
  }

  private settle() {
    if (this.reserved > 0) for (const b of this.blocks) if (!b.released && b.until <= this.now) b.released = true
    for (const s of this.signups)
      if (s.status === 'offered' && s.expires! <= this.now) Object.assign(s, { status: 'lapsed', expires: null })
    if (this.now >= START) return
    for (const s of this.queue) {
      if (this.taken + this.reserved >= this.capacity) return
      Object.assign(s, { status: 'offered', expires: this.now + window(this.now) })
    }
  }

  private clear(who: number, mayWait: boolean, slug = 'already_signed_up') {
    const s = this.signups.find(
      (o) => o.person === who && ['confirmed', 'waitlisted', 'offered', 'attended'].includes(o.status),
    )
    if (!s) return
    if (!mayWait || !['waitlisted', 'offered'].includes(s.status)) refuse(slug)
    const held = s.status === 'offered'
    Object.assign(s, { status: 'cancelled', expires: null })
    if (held) this.free(s)
  }

  private free(s: Signup) {
    for (const call of this.calls) if (call.signup === s.id && call.status === 'open') call.status = 'withdrawn'
    const block = this.blocks.find((b) => b.id === s.block && !b.released && b.until > this.now)
    if (!block) return
    block.filled -= 1
    Object.assign(s, { queueNo: this.next++, block: null })
  }

  private openBlock(id: number): Block {
    this.settle()
    const block = this.blocks.find((b) => b.id === id)!
    if (block.released || block.until <= this.now) refuse('block_over')
    return block
  }

  private signup(id: number): Signup {
    return this.signups.find((s) => s.id === id)!
  }
}

/** A quarter of the time left, at most 12 hours, at least 10 minutes or what is left. */
function window(now: number): number {
  const left = START - now
  return Math.max(Math.min(12 * HOUR, toMicroseconds(left / 4)), Math.min(10 * MINUTE, left))
}

/** Half a microsecond goes to the even one, as in the database. */
function toMicroseconds(n: number): number {
  return n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n)
}
