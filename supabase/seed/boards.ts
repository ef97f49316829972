import { at, Rng } from './random.ts'
import { MINUTE, moment } from './time.ts'
import { type Community, emit, type Person, userOf } from './world.ts'

/** What people call themselves on a public list. */
const ALIASES = [
  '向日葵',
  '晨光',
  '老街坊',
  '河边的风',
  '一盏灯',
  '小石榴',
  '桂花糕',
  '慢慢走',
  '银杏叶',
  '热心肠',
  '早起的鸟',
  '好邻居',
]

interface Shown {
  person: Person
  alias: string | null
}

/** Who agreed to be on the boards: the demo volunteer and about every second grown person who serves; one of five by an alias. */
export function boardPeople(c: Community): Shown[] {
  const rng = new Rng(`${c.figures.key}/boards`)
  const faces = Object.values(c.demo)
  let aliases = 0
  return (
    c.active
      // Of age at the beginning of the year.
      .filter((person) => person.userId && person.age >= 19)
      .flatMap((person): Shown[] => {
        const agrees = rng.chance(0.45)
        const byAlias = rng.chance(0.2)
        if (!agrees && person !== c.demo.volunteer) return []
        if (!byAlias || faces.includes(person) || aliases >= ALIASES.length) return [{ person, alias: null }]
        aliases += 1
        return [{ person, alias: at(ALIASES, aliases - 1) }]
      })
  )
}

/** They agree at the beginning of the year, so that the closed months have their lists, too. */
export function stageBoards(c: Community): void {
  boardPeople(c).forEach(({ person, alias }, n) => {
    emit(c, moment('2026-01-04', '19:00') + n * 7 * MINUTE, userOf(person), 'set_board_consent', [person.id], {
      p_display: alias ? 'alias' : 'masked',
      ...(alias ? { p_alias: alias } : {}),
    })
  })
}
