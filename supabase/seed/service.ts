import { COLORS, type Color } from './figures.ts'
import { at, Rng, sum } from './random.ts'
import { CANCEL_REASONS, EXCUSE_REASONS, type Task, TASKS } from './texts.ts'
import { addDays, DAY, dayOf, HOUR, iso, MINUTE, moment, REFERENCE_MS, weekdayOf } from './time.ts'
import { type Claim, type Community, type Corps, emit, keyed, type Person, userOf } from './world.ts'

export interface Shift {
  key: string
  corps: Corps
  leader: Person
  second: Person
  title: string
  task: Task
  start: number
  end: number
  kind: 'serviceDay' | 'march' | 'patrol' | 'other'
  minAge: number
  claims: Claim[]
}

const YEAR_START = '2025-12-01'
const WEIGHT = { serviceDay: 3, march: 2.6, patrol: 1, other: 1.7 }

/** The year's activities that have ended before the reference moment, in order of time. */
export function planYear(c: Community): Shift[] {
  const { activities: wanted, isMain } = c.figures
  const rng = new Rng(`${c.figures.key}/activities`)
  const shifts: Shift[] = []
  const uses = new Map<string, number>()
  const colors = COLORS.filter((color) => c.corps.some((corps) => corps.color === color))

  const push = (kind: Shift['kind'], preferred: Color, day: string, time: string, minutes: number, prefix = '') => {
    const color = colors.includes(preferred) ? preferred : at(colors, shifts.length % colors.length)
    const corps = c.corps.find((candidate) => candidate.color === color)
    if (!corps) throw new Error(`${c.figures.name} has no corps.`)
    const nth = uses.get(color) ?? 0
    uses.set(color, nth + 1)
    const task = kind === 'patrol' ? at(TASKS.yellow_patrol, 0) : at(TASKS[color], nth % TASKS[color].length)
    const lead = nth % 3 === 2 ? 1 : 0
    const start = moment(day, time)
    shifts.push({
      key: `${day}/${time}/${color}/${nth}`,
      corps,
      leader: at(corps.leaders, lead),
      second: at(corps.leaders, 1 - lead),
      title: prefix + task.title,
      task,
      start,
      end: start + minutes * MINUTE,
      kind,
      minAge: kind === 'patrol' ? 18 : 14,
      claims: [],
    })
  }

  // The 28th of every month; today's are not over yet and come with the live scenes of the main community.
  const months = Array.from(
    { length: 11 },
    (_, i) => `${i === 0 ? '2025-12' : `2026-${String(i).padStart(2, '0')}`}-28`,
  )
  const serviceDay = isMain ? wanted.serviceDay - TODAY : wanted.serviceDay
  for (let n = 0; n < serviceDay; n += 1) {
    const day = at(months, Math.floor((n * months.length) / serviceDay))
    const nth = Math.floor(n % Math.max(1, serviceDay / months.length))
    push(
      'serviceDay',
      at(colors, n % colors.length),
      day,
      ['09:00', '09:00', '09:00', '14:00', '14:00', '14:00', '09:00', '16:40'][nth] ?? '09:00',
      120,
      '28日志愿服务日·',
    )
  }
  // March, the service month.
  const marchDays = Array.from({ length: 30 }, (_, i) => addDays('2026-03-01', i)).filter((day) => !day.endsWith('-28'))
  for (let n = 0; n < wanted.march; n += 1) {
    push(
      'march',
      at(colors, (n + 3) % colors.length),
      at(marchDays, Math.floor((n * marchDays.length) / wanted.march)),
      n % 2 ? '15:00' : '09:30',
      150,
      '学雷锋月·',
    )
  }
  for (let n = 0; n < wanted.patrols; n += 1) {
    const day = addDays(YEAR_START, Math.floor(((n + 0.5) * 360) / wanted.patrols))
    push('patrol', 'yellow_patrol', day, '19:30', 90)
  }
  for (let n = 0; n < wanted.others; n += 1) {
    let day = addDays(YEAR_START, 3 + Math.floor((n * 352) / Math.max(1, wanted.others - 1)))
    while (![0, 6].includes(weekdayOf(day)) || day.endsWith('-28')) day = addDays(day, 1)
    if (day > '2026-11-22') day = '2026-11-22'
    const color = at(
      colors.filter((candidate) => candidate !== 'yellow_patrol'),
      n % Math.max(1, colors.length - 1),
    )
    push(
      'other',
      color,
      day,
      ['09:30', '14:30', '16:00', '10:00'][rng.int(0, 3)] ?? '09:30',
      rng.chance(0.6) ? 120 : 150,
    )
  }
  return shifts.sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : 1))
}

/** Activities that take place on the reference day in the main community (scenes.ts). */
export const TODAY = 8

/** Each active volunteer's hours of the year: quantiles of a lognormal, at least one shift, at most 210 with some minutes over, as far as the year's shifts allow. */
function hoursOf(rank: number, of: number): number {
  return Math.min(206, Math.max(1.3, Math.exp(2.485 + 0.959 * normalQuantile((rank + 0.5) / of))))
}

/** Acklam's approximation; only + − × ÷ √ ln, so it is the same everywhere once rounded. */
function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ]
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ]
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
  const poly = (k: number[], x: number) => k.reduce((total, value) => total * x + value, 0)
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return poly(c, q) / (poly(d, q) * q + 1)
  }
  if (p > 1 - 0.02425) return -normalQuantile(1 - p)
  const q = p - 0.5
  const r = q * q
  return (poly(a, r) * q) / (poly(b, r) * r + 1)
}

/** Who was where, for how long: every active volunteer takes shifts until the hours of the year are reached. */
export function planService(c: Community, shifts: Shift[]): void {
  const rng = new Rng(`${c.figures.key}/service`)
  const busy = new Map<string, [number, number][]>()
  const isFree = (person: Person, shift: Shift) =>
    !(busy.get(person.id) ?? []).some(([from, to]) => shift.start < to + 40 * MINUTE && shift.end > from - 40 * MINUTE)
  const occupy = (person: Person, shift: Shift) => {
    const list = busy.get(person.id) ?? []
    list.push([shift.start, shift.end])
    busy.set(person.id, list)
  }
  const mayServe = (person: Person, shift: Shift) =>
    // Only those who are minors today have a guardian on file, so whoever has turned 18 since serves from then on.
    person !== shift.leader &&
    person !== shift.second &&
    ageOn(person, shift.start) >= Math.max(person.age < 18 ? 14 : 18, shift.minAge) &&
    isFree(person, shift)
  const colorOf = new Map(
    (c.rows.get('corps_members') ?? []).map((row) => [row['person_id'] as string, row['corps_id'] as string]),
  )

  const ranks = rng.shuffle(c.active.map((_, rank) => rank))
  const targets = c.active.map((person, i) => ({ person, hours: hoursOf(at(ranks, i), c.active.length) }))
  // The demo accounts have served a good year, not a record one.
  swapTarget(targets, c.demo.volunteer, 46)
  swapTarget(targets, c.demo.corps_leader, 33)
  swapTarget(targets, c.demo.in_service_member, 22)
  targets.sort((a, b) => b.hours - a.hours || (a.person.id < b.person.id ? -1 : 1))

  const crowd = new Map(shifts.map((shift) => [shift, 0]))
  const totalWeight = shifts.reduce((total, shift) => total + WEIGHT[shift.kind], 0)
  const expectedClaims = targets.reduce((total, { hours }) => total + hours, 0) / 2 || 1
  for (const { person, hours } of targets) {
    let left = Math.round(hours * 60)
    const order = shifts
      .map((shift) => {
        const fair = Math.max(3, (expectedClaims * WEIGHT[shift.kind]) / totalWeight)
        const pull =
          (WEIGHT[shift.kind] * (colorOf.get(person.id) === shift.corps.id ? 3 : 1)) /
          (0.3 + (crowd.get(shift) ?? 0) / fair)
        return { shift, key: Math.log(rng.next() + 1e-9) / pull }
      })
      .sort((a, b) => b.key - a.key || (a.shift.key < b.shift.key ? -1 : 1))
    // The volunteer of the demo comes back every month.
    const queue =
      person === c.demo.volunteer
        ? oncePerMonthFirst(
            order.map(({ shift }) => shift),
            (shift) => mayServe(person, shift),
          )
        : order.map(({ shift }) => shift)
    for (const shift of queue) {
      const minutes = (shift.end - shift.start) / MINUTE
      if (left < 30) break
      if (minutes > left + 45 || !mayServe(person, shift)) continue
      left -= minutes
      occupy(person, shift)
      crowd.set(shift, (crowd.get(shift) ?? 0) + 1)
      shift.claims.push({ person, at: 0, outcome: 'attended' })
    }
  }

  // The rest of the sign-ups did not come to service.
  const attended = shifts.reduce((total, shift) => total + shift.claims.length, 0)
  const { outcomes } = c.figures
  const missed = new Map<Person, number>()
  for (const [outcome, percent] of [
    ['late_cancelled', outcomes.late],
    ['excused', outcomes.excused],
    ['cancelled', outcomes.cancelled],
    ['no_show', outcomes.noShow],
  ] as const) {
    for (
      let n = 0, wanted = Math.round((attended * percent) / 80), tries = 0;
      n < wanted && tries < wanted * 50;
      tries += 1
    ) {
      const shift = rng.pick(shifts)
      const person = rng.pick(c.active)
      const isFace = Object.values(c.demo).includes(person)
      // Nobody misses three: that would pause them, and their other sign-ups stand.
      const mayMiss = !isFace && (missed.get(person) ?? 0) < 2
      if ((outcome === 'no_show' && !mayMiss) || !mayServe(person, shift)) continue
      // A place that a worker took for them costs nobody anything: only who signed up oneself is late or missing.
      if ((outcome === 'no_show' || outcome === 'late_cancelled') && !person.userId) continue
      if (outcome === 'no_show') missed.set(person, (missed.get(person) ?? 0) + 1)
      occupy(person, shift)
      shift.claims.push({ person, at: 0, outcome })
      n += 1
    }
  }
}

function oncePerMonthFirst(shifts: Shift[], fits: (shift: Shift) => boolean): Shift[] {
  const first = new Map<string, Shift>()
  for (const shift of shifts.toReversed()) if (fits(shift)) first.set(dayOf(shift.start).slice(0, 7), shift)
  const last = shifts.filter(fits).sort((a, b) => b.start - a.start)[0]
  if (last) first.set(dayOf(last.start).slice(0, 7), last)
  return [...new Set([...first.values(), ...shifts])]
}

function swapTarget(targets: { person: Person; hours: number }[], person: Person | undefined, hours: number): void {
  const mine = targets.find((target) => target.person === person)
  if (!mine) return
  const best = targets.reduce((a, b) => (Math.abs(b.hours - hours) < Math.abs(a.hours - hours) ? b : a))
  const held = mine.hours
  mine.hours = best.hours
  best.hours = held
}

export function ageOn(person: Person, ms: number): number {
  const [year = 0, month = 0] = dayOf(ms).split('-').map(Number)
  return year - person.birthYear - (person.birthMonth >= month ? 1 : 0)
}

/** The commands behind an ended activity: written, published, claimed, cancelled, scanned in and out, confirmed. */
export function replayShift(c: Community, shift: Shift, rng: Rng): void {
  const published = shift.start - rng.int(6, 11) * DAY - rng.int(0, 300) * MINUTE
  const shiftId = writeActivity(
    c,
    shift,
    Math.max(2, Math.ceil((shift.claims.length + rng.int(0, 3)) / 2) * 2),
    published,
  )
  const leader = userOf(shift.leader)
  const claims = rng.shuffle(shift.claims)
  for (const [n, claim] of claims.entries()) {
    claim.at = published + Math.round((shift.start - 14 * HOUR - published) * ((n + 0.6) / (claims.length + 1)))
    const signupId = claimShift(c, shift.key, shiftId, claim.person, claim.at)
    const key = [shift.key, claim.person.id]
    if (claim.outcome === 'attended') {
      attend(c, shift, shiftId, signupId, claim, rng)
    } else if (claim.outcome === 'cancelled' || claim.outcome === 'late_cancelled') {
      const late = claim.outcome === 'late_cancelled'
      const from = late ? shift.start - 10 * HOUR : claim.at
      const until = late ? shift.start - HOUR : shift.start - 13 * HOUR
      claim.cancelAt = Math.round(from + (until - from) * (0.1 + 0.8 * rng.next()))
      emit(c, claim.cancelAt, actorFor(c, claim.person, claim.cancelAt), 'cancel_signup', key, {
        signup: signupId,
        reason: rng.chance(0.7) ? rng.pick(CANCEL_REASONS) : null,
        expect: claim.outcome,
      })
    } else {
      const excused = claim.outcome === 'excused'
      emit(c, shift.end + 50 * MINUTE, leader, excused ? 'excuse_absence' : 'mark_no_show', key, {
        signup: signupId,
        ...(excused ? { reason: rng.pick(EXCUSE_REASONS) } : {}),
      })
    }
  }
  if (shift.claims.some((claim) => claim.outcome === 'attended')) {
    emit(c, shift.end + rng.int(45, 49) * MINUTE, leader, 'confirm_attendance', [shift.key], {
      shift: shiftId,
      expect: shift.claims.filter((claim) => claim.outcome === 'attended').length,
    })
  }
}

export function writeActivity(
  c: Community,
  shift: Shift,
  capacity: number,
  published: number,
  extra: Record<string, unknown> = {},
): string {
  const { task } = shift
  const activityId = keyed(c, 'activity', shift.key)
  const shiftId = keyed(c, 'shift', shift.key)
  emit(c, published - 26 * HOUR, userOf(shift.leader), 'save_activity', [shift.key], {
    activity: activityId,
    data: {
      corps_id: shift.corps.id,
      title: shift.title,
      summary: task.summary,
      risk_note: task.risk,
      category: task.category,
      place_id: c.placeIds[task.place] ?? c.placeIds[0],
      meeting_point: '服务点签到台',
      min_age: shift.minAge,
      shifts: [
        {
          id: shiftId,
          starts_at: iso(shift.start),
          ends_at: iso(shift.end),
          roles: [{ id: keyed(c, 'shift_role', shift.key, 'helper'), name: 'helper', capacity }],
        },
      ],
      ...extra,
    },
  })
  emit(c, published - 25 * HOUR, userOf(shift.leader), 'submit_activity', [shift.key], { activity: activityId })
  emit(c, published, userOf(c.secretary), 'publish_activity', [shift.key], { activity: activityId })
  return shiftId
}

/** By oneself, or by the worker of one's 片 where there is no account. */
export function actorFor(c: Community, person: Person, when: number): string {
  if (person.userId) return person.userId
  const former = c.formerGridWorkers.find(({ grid, until }) => grid === person.grid && when < until)
  return userOf(former?.person ?? at(c.gridWorkers, person.grid))
}

export function claimShift(
  c: Community,
  key: string,
  shiftId: string,
  person: Person,
  when: number,
  expect = 'confirmed',
): string {
  c.expected.signups += 1
  return emit(c, when, actorFor(c, person, when), 'claim_shift', [key, person.id], {
    shift: shiftId,
    for: person.userId ? null : person.id,
    expect,
  })
}

function attend(c: Community, shift: Shift, shiftId: string, signupId: string, claim: Claim, rng: Rng): void {
  const { person } = claim
  const key = [shift.key, person.id]
  claim.in = rng.chance(0.1) ? shift.start + rng.int(60, 900) * 1000 : shift.start - rng.int(60, 1100) * 1000
  claim.out = rng.chance(0.05) ? shift.end - rng.int(120, 1500) * 1000 : shift.end + rng.int(20, 560) * 1000
  claim.byCode = Boolean(person.userId) && rng.chance(0.8)
  claim.minutes = Math.floor((claim.out - Math.max(claim.in, shift.start)) / MINUTE)
  const args = { shift: shiftId, ...(claim.byCode ? { person: person.id } : { signup: signupId }) }
  emit(c, claim.in, userOf(shift.leader), 'check_in', key, args)
  emit(c, claim.out, userOf(shift.leader), 'check_out', key, args)
  c.expected.minutes += claim.minutes
  c.expected.records += 1
}

/** What VOL-2026.1 gives and takes for the year's shifts (V01, V04, V05, V13, D01, D02), reckoned here a second time, apart from the database. */
export function expectedPoints(shifts: Shift[]): Map<string, number> {
  const points = new Map<string, number>()
  const give = (person: Person, amount: number) => points.set(person.id, (points.get(person.id) ?? 0) + amount)
  const served = new Map<Person, { day: string; minutes: number }[]>()
  for (const shift of shifts) {
    for (const { person, outcome, minutes } of shift.claims) {
      if (outcome === 'no_show') give(person, -10)
      if (outcome === 'late_cancelled') give(person, -3)
      if (minutes !== undefined)
        served.set(person, [...(served.get(person) ?? []), { day: dayOf(shift.start), minutes }])
    }
  }
  for (const [person, records] of served) {
    const months = new Map<string, number>()
    const days = new Map<string, number>()
    for (const { day, minutes } of records) {
      const month = day.slice(0, 7)
      const countable = Math.min(minutes, Math.max(480 - (days.get(day) ?? 0), 0))
      days.set(day, (days.get(day) ?? 0) + minutes)
      months.set(month, Math.min((months.get(month) ?? 0) + Math.floor(countable / 30) * 5, 400))
    }
    for (const amount of months.values()) give(person, amount)
    give(person, 5 * [...days.keys()].filter((day) => day.endsWith('-28')).length)
    for (const year of new Set([...months.keys()].map((month) => month.slice(0, 4)))) {
      const march = records.filter(({ day }) => day.startsWith(`${year}-03`))
      if (march.length >= 3 || sum(march.map(({ minutes }) => minutes)) >= 360) give(person, 20)
      if ([...months.keys()].filter((month) => month.startsWith(year)).length === 12) give(person, 50)
    }
  }
  return points
}

export function assertBeforeReference(c: Community): void {
  const late = c.events.find((event) => event.at > REFERENCE_MS)
  if (late) throw new Error(`${c.figures.name}: ${late.command} lies behind the reference moment.`)
}
