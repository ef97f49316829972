import { COMPOUNDS, PLACES } from './texts.ts'
import { maskName, nameKey, nameOf, SURNAMES } from './names.ts'
import { at, Rng, share, sum } from './random.ts'
import { add, type Community, keyed, type Person, type Row } from './world.ts'

const BANDS: [number, number][] = [
  [0, 13],
  [14, 17],
  [18, 35],
  [36, 59],
  [60, 79],
  [80, 96],
]
const FOUNDED = '2025-11-01'
export const REGISTERED_AT = '2025-11-03T09:00:00+08:00'

/** 片, 小区, 楼栋, 楼门, 户, venues. */
export function makePlaces(c: Community): void {
  const { figures: f } = c
  let door = 0
  f.households.forEach((households, g) => {
    const gridId = keyed(c, 'grid', g)
    c.gridIds.push(gridId)
    add(c, 'grids', {
      community_id: c.id,
      id: gridId,
      code: `G${g + 1}`,
      name: `第${'一二三四五六七八'[g]}片区`,
      sort: g + 1,
    })
    const perEntrance = share(households, at(f.entrances, g))
    let entrance = 0
    share(at(f.entrances, g), f.compoundsPerGrid).forEach((entrances, n) => {
      const name = at(COMPOUNDS, g * f.compoundsPerGrid + n)
      const compoundId = keyed(c, 'compound', name)
      add(c, 'compounds', {
        community_id: c.id,
        id: compoundId,
        name,
        address: `${f.address.replace(/\d+号$/, '')}${(g * 2 + n + 1) * 7}号`,
      })
      for (let first = 0, b = 1; first < entrances; first += f.entrancesPerBuilding, b += 1) {
        const buildingId = keyed(c, 'building', name, b)
        c.buildings.push({ id: buildingId, grid: g, name: `${name}${b}号楼` })
        add(c, 'buildings', { community_id: c.id, id: buildingId, compound_id: compoundId, name: `${b}号楼` })
        add(c, 'grid_buildings', {
          community_id: c.id,
          id: keyed(c, 'grid_building', name, b),
          grid_id: gridId,
          building_id: buildingId,
          valid_from: FOUNDED,
        })
        for (let e = 0; e < Math.min(f.entrancesPerBuilding, entrances - first); e += 1) {
          const entranceId = keyed(c, 'entrance', name, b, e + 1)
          add(c, 'entrances', { community_id: c.id, id: entranceId, building_id: buildingId, name: `${e + 1}单元` })
          for (let d = 0; d < at(perEntrance, entrance); d += 1) {
            const doorNo = `${Math.floor(d / 4) + 1}0${(d % 4) + 1}`
            add(c, 'households', {
              community_id: c.id,
              id: keyed(c, 'household', door),
              entrance_id: entranceId,
              door_no: doorNo,
            })
            door += 1
          }
          entrance += 1
        }
      }
    })
  })
  for (const place of PLACES) {
    const gridId = c.gridIds[place.grid]
    const id = gridId && keyed(c, 'place', place.name)
    c.placeIds.push(id)
    if (id) add(c, 'places', { community_id: c.id, id, name: place.name, address: f.address, grid_id: gridId })
  }
}

/** Everybody of the roster: an adult in every household first, children with people of their parents' age. */
export function makePersons(c: Community): void {
  const { figures: f } = c
  const rng = new Rng(`${f.key}/persons`)
  const ages = BANDS.flatMap(([min, max], band) => Array.from({ length: at(f.ages, band) }, () => rng.int(min, max)))
  const adults = rng.shuffle(ages.filter((age) => age >= 18))
  const minors = rng.shuffle(ages.filter((age) => age < 18))
  const gridOfHousehold = f.households.flatMap((households, g) => Array.from({ length: households }, () => g))
  const homes = gridOfHousehold.map((grid) => ({ grid, surname: rng.pick(SURNAMES), head: 0, size: 0 }))

  const place = (age: number, household: number) => {
    const home = at(homes, household)
    if (home.size === 0) home.head = age
    home.size += 1
    const nth = c.persons.length
    const birthMonth = rng.int(1, 12)
    // private.age_on counts a birthday from the month after it.
    const birthYear = 2026 - age - (birthMonth >= 11 ? 1 : 0)
    const married = age >= 18 && home.size > 1 && rng.chance(0.6)
    const name = nameOf(rng, married ? rng.pick(SURNAMES) : home.surname, age, nth)
    const hasPhone = rng.chance(age < 14 ? 0.1 : age < 60 ? 0.96 : age < 80 ? 0.75 : 0.3)
    c.persons.push({
      id: keyed(c, 'person', nth),
      name,
      age,
      birthYear,
      birthMonth,
      grid: home.grid,
      household,
      hasPhone,
      phone: hasPhone ? phoneOf(f.regionCode, nth) : null,
    })
  }
  adults.forEach((age, i) => {
    let household = i
    if (i >= homes.length) {
      do household = rng.int(0, homes.length - 1)
      while (at(homes, household).size >= 6)
    }
    place(age, household)
  })
  const parental = homes.flatMap(({ head }, household) => (head >= 24 && head <= 64 ? [household] : []))
  for (const age of minors) place(age, rng.pick(parental))
  if (c.persons.length !== sum(f.ages))
    throw new Error(`${f.name}: ${c.persons.length} persons instead of ${sum(f.ages)}.`)
}

/** The 144 range as the demo uses it: the community's number, then a number that jumps. */
function phoneOf(regionCode: string, nth: number): string {
  return `144${regionCode.slice(-1)}${String((nth * 7919 + 1234567) % 10_000_000).padStart(7, '0')}`
}

/** Called last, when everybody has got the final name and phone. */
export function writePersons(c: Community, openNames: Set<string>): void {
  const households = c.rows.get('households') ?? []
  c.persons.forEach((person) => {
    add(c, 'persons', {
      community_id: c.id,
      id: person.id,
      display_name: openNames.has(person.id) ? person.name : maskName(person.name),
      birth_year: person.birthYear,
      grid_id: c.gridIds[person.grid],
      status: 'active',
      has_phone: person.hasPhone,
      created_at: REGISTERED_AT,
    })
    add(c, 'person_private', {
      community_id: c.id,
      person_id: person.id,
      real_name: person.name,
      name_key: nameKey(person.name),
      phone: person.phone,
      birth_month: person.birthMonth,
      household_id: at(households, person.household)['id'],
    })
  })
}

/** The next person of the roster who fits and is nothing else yet. */
export function take(c: Community, fits: (person: Person) => boolean): Person {
  const person = c.persons.find((candidate) => !c.taken.has(candidate.id) && fits(candidate))
  if (!person) throw new Error(`${c.figures.name}: nobody is left for a post.`)
  c.taken.add(person.id)
  return person
}

export function consent(c: Community, person: Person, purpose: string, via = 'self', by?: Person): Row {
  return {
    community_id: c.id,
    id: keyed(c, 'consent', person.id, purpose),
    person_id: person.id,
    purpose,
    version: '2025.1',
    granted_at: REGISTERED_AT,
    given_via: via,
    recorded_by: by?.id ?? null,
  }
}
