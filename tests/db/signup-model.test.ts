import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCrowd } from '../factories/crowd'
import { CONTACT, END, MINUTE, Model, PEOPLE, START, type Step } from '../factories/signup-model'
import { createDatabase, type TestDatabase } from '../support/postgres'

// Random sequences of everything that moves places, played by real commands on a real Postgres and by a small model in
// TypeScript, compared after every step: states, order, places, offers and their ends, also as they are by time alone.
// SIGNUP_MODEL_SEED=random (or a number) plays others; SIGNUP_MODEL_SEQUENCES more of them.

const SEQUENCES = Number(process.env['SIGNUP_MODEL_SEQUENCES'] ?? 5000)
const SEED =
  process.env['SIGNUP_MODEL_SEED'] === 'random' ? Date.now() % 1e9 : Number(process.env['SIGNUP_MODEL_SEED'] ?? 1)
const BATCH = 100
const CONNECTIONS = 2
const PLAYER = fileURLToPath(new URL('signup-player.sql', import.meta.url))

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createDatabase()
  await makeCrowd(database, PEOPLE)
  await database.client.exec(readFileSync(PLAYER, 'utf8'))
  pool = database.pool(CONNECTIONS)
}, 120_000)
afterAll(() => database.drop())

/** What is drawn before anything is known of the state; the numbers choose among what is there when its turn comes. */
interface Draw {
  kind: string
  x: number
  y: number
  z: number
}
interface Sequence {
  seed: number
  capacity: number
  draws: Draw[]
}
interface Told {
  answer: string
  state: ReturnType<Model['state']>
}

const WEIGHTS: Record<string, number> = {
  claim: 26,
  wait: 14,
  cancel: 12,
  accept: 10,
  decline: 4,
  look: 5,
  capacityTo: 7,
  askStandIn: 6,
  standIn: 7,
  declineStandIn: 1,
  withdrawStandIn: 1,
  reserve: 4,
  fill: 6,
  release: 1,
  onTheSpot: 3,
}
const KINDS = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind))

function draw(seed: number): Sequence {
  const random = mulberry(seed)
  const int = (below: number) => Math.floor(random() * below)
  const draws = Array.from({ length: 12 + int(7) }, () => ({
    kind: KINDS[int(KINDS.length)]!,
    x: int(1e6),
    y: int(1e6),
    z: int(1e6),
  }))
  return { seed, capacity: 1 + int(4), draws }
}

/** The steps a sequence comes to, each with what the model makes of it. */
function playModel({ capacity, draws }: Sequence): { steps: Step[]; told: Told[] } {
  const model = new Model(capacity)
  const steps: Step[] = []
  const told: Told[] = []
  draws.forEach((d, n) => {
    const step = resolve(model, d, n + 1)
    const answer = model.play(step)
    steps.push(step)
    told.push({ answer, state: model.state() })
  })
  return { steps, told }
}

function resolve(model: Model, { kind, x, y, z }: Draw, id: number): Step {
  const step = (who: number, a: number | null = null, b: number | null = null): Step => ({
    id,
    at: model.now,
    kind,
    who,
    a,
    b,
  })
  const one = <T>(items: T[], n: number) => items[n % items.length]
  /** Mostly one that fits; now and then any, also long over. Where nothing fits, somebody signs up instead. */
  const pick = <T>(all: T[], fits: (item: T) => boolean) => one(y % 8 === 0 ? all : all.filter(fits), x)
  const instead = () => resolve(model, { kind: 'claim', x: y, y: x, z }, id)
  const person = x % (PEOPLE - 1)
  switch (kind) {
    case 'claim':
    case 'look':
      return step(person)
    case 'wait':
      return { ...step(0), at: Math.max(model.now, laterThan(model, x, y)) }
    case 'cancel':
    case 'accept':
    case 'decline': {
      const wanted = kind === 'cancel' ? ['confirmed', 'waitlisted', 'offered'] : ['offered']
      const s = pick(model.signups, ({ status }) => wanted.includes(status))
      return s ? step(s.person, s.id) : instead()
    }
    case 'capacityTo':
      return step(0, 1 + (x % 5))
    case 'askStandIn': {
      const s = pick(model.signups, ({ status }) => status === 'confirmed')
      return s ? step(s.person, s.id, z % 2 ? null : y % (PEOPLE - 1)) : instead()
    }
    case 'standIn':
    case 'declineStandIn':
    case 'withdrawStandIn': {
      const call = pick(model.calls, ({ status }) => status === 'open')
      if (!call) return instead()
      const usual = kind === 'withdrawStandIn' ? call.from : (call.to ?? z % (PEOPLE - 1))
      return step(y % 5 === 0 ? z % (PEOPLE - 1) : usual, call.id)
    }
    case 'reserve':
      return step(CONTACT, 1 + (x % 2), one([model.now + 60 * MINUTE, model.now + 900 * MINUTE, START], y)!)
    case 'fill':
    case 'release': {
      const block = pick(model.blocks, ({ released, until }) => !released && until > model.now)
      return block ? step(CONTACT, block.id, kind === 'fill' ? z % (PEOPLE - 1) : null) : instead()
    }
    default:
      // Often after the start, which is what it is for.
      return { ...step(0, person), at: y % 3 === 0 ? Math.max(model.now, START + (z % 150) * MINUTE) : model.now }
  }
}

/** A while later, or just at, before or after a moment at which something ends by itself. */
function laterThan(model: Model, x: number, y: number): number {
  const second = 1_000_000
  if (x % 3 === 0) return model.now + [1, 5, 30, 120, 600, 1440][y % 6]! * MINUTE
  const ends = [
    ...model.signups.flatMap(({ expires }) => (expires === null ? [] : [expires])),
    ...model.blocks.flatMap(({ until, released }) => (released ? [] : [until])),
    ...model.calls.flatMap(({ status, created, step }) => (status === 'open' ? [created + step + second / 2] : [])),
    ...(x % 11 === 0 ? [START, END] : []),
  ].filter((end) => end + second > model.now)
  const end = ends[y % ends.length]
  return end === undefined ? model.now + 45 * MINUTE : end + ((x % 5) - 2 > 0 ? 1 : (x % 5) - 2 < 0 ? -1 : 0) * second
}

async function playDatabase(sequences: { capacity: number; steps: Step[] }[]): Promise<Told[][]> {
  const { rows } = await pool.query<{ told: Told[][] }>('select tests.play($1::jsonb) as told', [
    JSON.stringify(
      sequences.map(({ capacity, steps }) => ({
        capacity,
        steps: steps.map(({ id, at, kind, who, a, b }) => [id, at, kind, who, a, b]),
      })),
    ),
  ])
  return rows[0]!.told
}

/** The first step on which the two disagree. */
async function firstDifference(sequence: Sequence): Promise<{ steps: Step[]; expected: Told; actual: Told } | null> {
  const { steps, told } = playModel(sequence)
  const [actual] = await playDatabase([{ capacity: sequence.capacity, steps }])
  const at = told.findIndex((one, n) => !isDeepStrictEqual(one, actual![n]))
  return at < 0 ? null : { steps: steps.slice(0, at + 1), expected: told[at]!, actual: actual![at]! }
}

/** Leaves steps out while the two still disagree. */
async function shrink(sequence: Sequence): Promise<Sequence> {
  for (let n = sequence.draws.length - 1; n >= 0; n -= 1) {
    const shorter = { ...sequence, draws: sequence.draws.toSpliced(n, 1) }
    if (await firstDifference(shorter)) return shrink(shorter)
  }
  return sequence
}

/** The order holds: nobody waits behind a later one who has a place, before the shift begins. */
function overtaken({ state }: Told): boolean {
  const held = state.signups.filter(([, , status]) => status === 'confirmed' || status === 'offered')
  const waiting = state.signups.filter(([, , , now]) => now === 'waitlisted')
  return waiting.some((w) => held.some((h) => Number(h[4]) > Number(w[4])))
}

describe(`${SEQUENCES} random sequences`, () => {
  test('the database and the model never differ', async () => {
    const seen: Record<string, number> = {}
    let steps = 0
    const batches = Array.from({ length: Math.ceil(SEQUENCES / BATCH) }, (_, n) => n)
    const work = async () => {
      for (let n = batches.shift(); n !== undefined; n = batches.shift()) {
        const sequences = Array.from({ length: BATCH }, (_, i) => draw(SEED * 1_000_003 + n! * BATCH + i))
        const models = sequences.map(playModel)
        const answers = await playDatabase(models.map((m, i) => ({ capacity: sequences[i]!.capacity, steps: m.steps })))
        for (const [i, sequence] of sequences.entries()) {
          const { told, steps: played } = models[i]!
          steps += played.length
          played.forEach(
            ({ kind }, k) => (seen[`${kind} ${told[k]!.answer}`] = (seen[`${kind} ${told[k]!.answer}`] ?? 0) + 1),
          )
          expect(told.find(overtaken), 'somebody was overtaken').toBeUndefined()
          expect(told.every(({ state: s }) => s.taken + s.reserved <= s.capacity)).toBe(true)
          if (isDeepStrictEqual(told, answers[i])) continue
          batches.length = 0
          const small = await shrink(sequence)
          const { steps: few, expected, actual } = (await firstDifference(small))!
          const script = few
            .map((s) => `  ${s.at / MINUTE} min: ${s.kind}(${s.who}, ${s.a}, ${s.b}) as ${s.id}`)
            .join('\n')
          expect(actual, `seed ${sequence.seed}, capacity ${small.capacity}\n${script}\n`).toEqual(expected)
        }
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, work))
    console.info(`${steps} steps from seed ${SEED}; answers: ${JSON.stringify(seen)}`)
    // A property that never met a case says nothing about it.
    for (const kind of Object.keys(WEIGHTS)) expect(seen[`${kind} ok`], kind).toBeGreaterThan(0)
    for (const rare of [
      'standIn stand_in_not_your_turn',
      'fill block_over',
      'accept offer_lapsed',
      'onTheSpot shift_full',
    ])
      expect(seen[rare], rare).toBeGreaterThan(0)
  }, 900_000)
})

function mulberry(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
