import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAppraisal } from '../factories/appraisal'
import { loadWorld } from '../factories/world'
import { createDatabase, type TestDatabase } from '../support/postgres'

/**
 * Every line of every score computed a second time, in plain TypeScript: once from the snapshot, and the snapshot from
 * the raw rows. Whole numbers wherever the formula has them; nothing of it is copied from the SQL.
 */
const PEOPLE = 300
let database: TestDatabase
afterAll(() => database?.drop())

const rows = async <Row>(sql: string): Promise<Row[]> => (await database.client.query(sql)) as Row[]

/** A fraction to two decimals, halves up. */
const round2 = (above: number, below: number) =>
  Number((BigInt(above) * 200n + BigInt(below)) / (BigInt(below) * 2n)) / 100
const clamp = (value: number) => Math.min(100, Math.max(0, value))

interface Line {
  indicator: string
  weight: number
  inputs: Record<string, number>
  value: string
}

/** rules.md, Formulas. */
const VALUE: Record<string, (i: Record<string, number>) => number> = {
  hours: (i) =>
    Math.round(100 * 100 * Math.min(1, Math.log(1 + i['minutes']! / 60) / Math.log(1 + i['p90_minutes']! / 60))) / 100,
  months: (i) => round2(100 * i['months']!, i['of']!),
  // 4.2 × 5 = 21; (Σr + 21) / (n + 5) − 1, a quarter of a hundred of it.
  rating: (i) => round2(25 * (i['total']! + 21 - (i['n']! + 5)), i['n']! + 5),
  deeds: (i) => clamp(round2(100 * (10 * i['wishes']! + i['visits']! + 15 * i['emergencies']!), 100)),
  reliability: (i) => (i['confirmed'] ? round2(100 * (i['confirmed'] - i['no_shows']!), i['confirmed']) : 100),
}

describe('scores', () => {
  let scored: { nomination_id: string; person_id: string; status: string; score: string; lines: Line[] }[]
  beforeAll(async () => {
    database = await createDatabase()
    await loadWorld(database.client)
    await makeAppraisal(database.client, PEOPLE)
    scored = await rows(`
      select n.id as nomination_id, n.person_id, n.status, n.score::text, (select json_agg(json_build_object('indicator', s.indicator, 'weight', s.weight, 'inputs', s.inputs, 'value', s.value::text) order by s.sort)
        from private.score_snapshots s where s.nomination_id = n.id) as lines
      from private.nominations n order by n.id`)
  }, 60_000)

  test('each line and each sum is what plain TypeScript makes of the snapshot', () => {
    expect(scored).toHaveLength(PEOPLE)
    const wrong = scored.flatMap(({ nomination_id, score, lines }) => {
      const counted = lines.filter((line) => line.indicator !== 'gates')
      const bad = counted.filter((line) => Number(line.value) !== VALUE[line.indicator]!(line.inputs))
      const hundredths = counted.reduce((sum, line) => sum + line.weight * Math.round(Number(line.value) * 100), 0)
      const total = Math.floor((hundredths + 50) / 100) / 100
      return [
        ...bad.map((line) => ({ nomination_id, ...line, expected: VALUE[line.indicator]!(line.inputs) })),
        ...(total === Number(score) ? [] : [{ nomination_id, score, total }]),
      ]
    })
    expect(wrong).toEqual([])
    // Not all the same, and the ends are there.
    expect(new Set(scored.map(({ score }) => score)).size).toBeGreaterThan(PEOPLE / 3)
  })

  test('the gates let through whom plain TypeScript lets through', () => {
    const wrong = scored.filter(({ status, lines }) => {
      const gates = lines.find((line) => line.indicator === 'gates')!.inputs as unknown as {
        minutes: number
        months: number
        consent: boolean
        vetoes: string[]
      }
      const passes = gates.minutes >= 1200 && gates.months >= 3 && gates.consent && gates.vetoes.length === 0
      return (status === 'qualified') !== passes
    })
    expect(wrong).toEqual([])
    expect(new Set(scored.map(({ status }) => status))).toEqual(new Set(['qualified', 'unqualified']))
  })

  test('the snapshot is what the raw rows say', async () => {
    const records = await rows<{ person_id: string; month: number; minutes: number }>(
      `select person_id, extract(month from service_date)::int as month, minutes from service_records where community_id = tests.a() and service_date between '2026-01-01' and '2026-12-31'`,
    )
    const minutes = new Map<string, number>()
    const months = new Map<string, Map<number, number>>()
    for (const record of records) {
      minutes.set(record.person_id, (minutes.get(record.person_id) ?? 0) + record.minutes)
      const of = months.get(record.person_id) ?? new Map<number, number>()
      of.set(record.month, (of.get(record.month) ?? 0) + record.minutes)
      months.set(record.person_id, of)
    }
    const served = [...minutes.values()].filter((m) => m > 0).toSorted((a, b) => a - b)
    const at = 0.9 * (served.length - 1)
    const low = served[Math.floor(at)]!
    const p90 = Math.round(low + (at - Math.floor(at)) * (served[Math.ceil(at)]! - low))

    const signups = await rows<{ person_id: string; status: string }>(
      `select person_id, status from signups where community_id = tests.a() and status in ('attended', 'no_show') and id <> tests.id('none')`,
    )
    const kept = new Map<string, { confirmed: number; missed: number }>()
    for (const { person_id, status } of signups) {
      const of = kept.get(person_id) ?? { confirmed: 0, missed: 0 }
      of.confirmed += 1
      if (status === 'no_show') of.missed += 1
      kept.set(person_id, of)
    }
    const wrong = scored.filter(({ person_id, lines }) => {
      // Of whoever did not accept nothing was looked at.
      if (lines.length === 1) return lines[0]!.indicator !== 'gates'
      const seen = Object.fromEntries(lines.map((line) => [line.indicator, line.inputs]))
      const active = [...(months.get(person_id)?.values() ?? [])].filter((m) => m > 0).length
      return (
        seen['hours']!['minutes'] !== (minutes.get(person_id) ?? 0) ||
        seen['hours']!['p90_minutes'] !== p90 ||
        seen['months']!['months'] !== active ||
        seen['reliability']!['confirmed'] !== (kept.get(person_id)?.confirmed ?? 0) ||
        seen['reliability']!['no_shows'] !== (kept.get(person_id)?.missed ?? 0)
      )
    })
    expect(wrong).toEqual([])
    const [active] = await rows<{ active: number; quota: number }>('select active, quota from appraisal_cycles')
    expect(active).toEqual({ active: served.length, quota: Math.max(Math.floor((served.length * 3) / 100), 2) })
  })

  test('one of each corps is proposed first, then by score, and no more than the quota', async () => {
    const proposed = await rows<{ corps_id: string | null; score: number; is_proposed: boolean; id: string }>(
      `select id, corps_id, score::float8 as score, is_proposed from private.nominations where status = 'qualified'`,
    )
    const [{ quota } = { quota: 0 }] = await rows<{ quota: number }>('select quota from appraisal_cycles')
    const byScore = proposed.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    const first = new Map(
      byScore
        .filter((n) => n.corps_id)
        .toReversed()
        .map((n) => [n.corps_id, n]),
    )
    const expected = [...first.values(), ...byScore.filter((n) => ![...first.values()].includes(n))].slice(0, quota)
    expect(
      proposed
        .filter((n) => n.is_proposed)
        .map((n) => n.id)
        .toSorted(),
    ).toEqual(expected.map((n) => n.id).toSorted())
  })
})
