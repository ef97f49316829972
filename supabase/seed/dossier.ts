import { at, Rng } from './random.ts'
import type { Shift } from './service.ts'
import { moment } from './time.ts'
import { type Community, emit, type Person, userOf } from './world.ts'

const STAR_HOURS = [100, 300, 600, 1000, 1500, 2200]

/** How many hold one to five stars by lifetime hours, in the main community. */
export function starsWanted(c: Community): number[] {
  if (!c.figures.isMain) return []
  return c.active.length > 300 ? [168, 71, 26, 9, 4] : [17, 7, 3, 1, 0]
}

/** Hours brought over from before, so that the stars come out; a certificate; a record that is said to be missing. */
export function stageDossiers(c: Community, shifts: readonly Shift[]): void {
  if (!c.figures.isMain) return
  const rng = new Rng(`${c.figures.key}/dossiers`)
  const served = new Map<string, number>()
  for (const { claims } of shifts)
    for (const { person, outcome, minutes } of claims)
      if (outcome === 'attended') served.set(person.id, (served.get(person.id) ?? 0) + (minutes ?? 0))
  const hoursOf = (person: Person) => (served.get(person.id) ?? 0) / 60

  const numbers = new Map((c.rows.get('volunteers') ?? []).map((row) => [row['id'], row['volunteer_no'] as string]))
  const face = c.demo.volunteer
  const crowd = c.active.filter((person) => person !== face && person !== c.secretary)
  // Whoever has a hundred hours of this year alone holds a star in any case.
  const order = [
    ...(face ? [face] : []),
    ...crowd.filter((person) => hoursOf(person) >= 100),
    ...rng.shuffle(crowd.filter((person) => hoursOf(person) < 100)),
  ]
  const stars = starsWanted(c).flatMap((count, n) => Array.from({ length: count }, () => n + 1))
  const given = [1, ...rng.shuffle(stars.slice(1))]
  const rows = given.flatMap((star, n) => {
    const person = at(order, n)
    const from = at(STAR_HOURS, star - 1)
    const total = person === face ? 282 : from + 2 + rng.next() * (at(STAR_HOURS, star) - from) * 0.6
    const hours = Math.round(total - hoursOf(person))
    if (hours < 1) return []
    return [
      {
        volunteer_no: numbers.get(person.id),
        year: '2025',
        hours: String(hours),
        times: String(Math.ceil(hours / 2.5)),
        source: '区志愿服务系统',
      },
    ]
  })
  emit(c, moment('2026-11-12', '10:00'), userOf(c.secretary), 'import_earlier_hours', ['dossiers'], { p_rows: rows })

  if (!face) return
  emit(c, moment('2026-11-21', '20:10'), userOf(face), 'issue_certificate', ['dossier'], {
    p_from: '2026-01-01',
    p_to: '2026-10-31',
  })
  emit(c, moment('2026-11-24', '19:40'), userOf(face), 'request_correction', ['dossier'], {
    p_kind: 'missing',
    p_note: '11月8日下午我在文化广场帮忙搬桌椅，大约两小时，没有记上。',
    p_service_date: '2026-11-08',
  })
}
