import { createHash } from 'node:crypto'
import { COLORS } from './figures.ts'
import { at, Rng } from './random.ts'
import { TASKS } from './texts.ts'
import { DAY, HOUR, iso, moment } from './time.ts'
import { type Community, type Corps, emit, keyed, type Person, userOf } from './world.ts'

/** What the calendar and the corps of the main community show: rules and drafts of the 28th, series, trainings, requests. */
/** Asserted by totals.ts. */
export const CALENDAR_FIGURES = {
  rules: 10,
  decemberDrafts: 7,
  series: 2,
  occurrences: 9,
  trainings: 2,
  applications: 3,
  waitingQualifications: 1,
}

export function stageCalendar(c: Community): void {
  if (!c.figures.isMain) return
  const office = userOf(c.secretary)
  const corpsOf = (color: (typeof COLORS)[number]): Corps =>
    at(
      c.corps.filter((k) => k.color === color),
      0,
    )
  const fields = (corps: Corps, nth: number, title: string) => {
    const tasks = TASKS[corps.color as (typeof COLORS)[number]]
    const task = at(tasks, nth % tasks.length)
    return {
      corps_id: corps.id,
      title,
      summary: task.summary,
      risk_note: task.risk,
      category: task.category,
      place_id: c.placeIds[task.place] ?? c.placeIds[0],
      meeting_point: '服务点签到台',
      min_age: corps.color === 'yellow_patrol' ? 18 : 14,
    }
  }

  // Each colour has its part on the 28th; three have one in March.
  COLORS.forEach((color, n) => {
    const corps = corpsOf(color)
    emit(c, moment('2026-11-20', '10:00') + n * 60_000, office, 'save_calendar_rule', ['day', color], {
      p_rule_id: keyed(c, 'calendar_rule', 'day', color),
      p_rule: {
        ...fields(corps, n, `28日志愿服务日·${at(TASKS[color], n % TASKS[color].length).title}`),
        kind: 'service_day',
        start: color === 'yellow_patrol' ? '19:30' : n % 2 ? '14:00' : '09:00',
        minutes: color === 'yellow_patrol' ? 90 : 120,
        roles: [{ name: 'helper', capacity: 10 }],
      },
    })
  })
  for (const [n, color] of (['green_eco', 'red_relief', 'blue_repair'] as const).entries()) {
    emit(c, moment('2026-11-20', '10:10') + n * 60_000, office, 'save_calendar_rule', ['march', color], {
      p_rule_id: keyed(c, 'calendar_rule', 'march', color),
      p_rule: {
        ...fields(corpsOf(color), n + 1, `学雷锋月·${at(TASKS[color], (n + 1) % TASKS[color].length).title}`),
        kind: 'service_month',
        days: [5, 13 + n * 7],
        start: '09:30',
        minutes: 150,
        roles: [{ name: 'helper', capacity: 20 }],
      },
    })
  }
  emit(c, moment('2026-11-27', '16:00'), office, 'make_calendar_drafts', ['2026-12'], { p_year: 2026, p_month: 12 })

  stageSeries(c, corpsOf, fields)
  stageTrainings(c, corpsOf)
  stageRequests(c)
}

/** Wednesdays from 2 December to 6 January. */
const TIMES = 6

/** The nth id the server makes while it replays an event (private.new_id). */
function madeId(event: string, nth: number): string {
  const hex = createHash('sha256').update(`${event}#${nth}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

type Fields = (corps: Corps, nth: number, title: string) => Record<string, unknown>
type CorpsOf = (color: (typeof COLORS)[number]) => Corps

/** A weekly one in the corps of the demo's leader, open and with fixed people; a monthly one that is still a draft. */
function stageSeries(c: Community, corpsOf: CorpsOf, fields: Fields): void {
  const green = c.corps.find((k) => k.leaders.includes(c.demo.corps_leader!)) ?? corpsOf('green_eco')
  const weekly = keyed(c, 'series', 'weekly')
  const leader = userOf(c.demo.corps_leader ?? at(green.leaders, 0))
  const created = emit(c, moment('2026-11-24', '09:00'), leader, 'create_series', ['weekly'], {
    p_series_id: weekly,
    p_series: {
      ...fields(green, 0, '周三护绿行'),
      frequency: 'weekly',
      weekdays: [3],
      start: '07:00',
      minutes: 60,
      first_on: '2026-12-02',
      until_on: '2027-01-06',
      roles: [{ name: 'helper', capacity: 8 }],
    },
  })
  const members = new Set(
    (c.rows.get('corps_members') ?? []).filter((row) => row['corps_id'] === green.id).map((row) => row['person_id']),
  )
  const fixed = c.active.filter((p) => members.has(p.id) && p.age >= 18 && p !== c.demo.corps_leader).slice(0, 3)
  if (c.demo.volunteer && members.has(c.demo.volunteer.id) && !fixed.includes(c.demo.volunteer))
    fixed.push(c.demo.volunteer)
  emit(c, moment('2026-11-24', '09:20'), leader, 'set_series_people', ['weekly'], {
    p_series_id: weekly,
    p_people: fixed.map((p) => ({ person_id: p.id })),
  })
  emit(c, moment('2026-11-24', '09:30'), leader, 'submit_series', ['weekly'], { p_series_id: weekly })
  emit(c, moment('2026-11-24', '15:00'), userOf(c.secretary), 'publish_activities', ['weekly'], {
    // For each time the server makes an activity, a shift, a role and the occurrence, in this order.
    p_activity_ids: Array.from({ length: TIMES }, (_, n) => madeId(created, 4 * n + 1)),
  })
  c.expected.signups += fixed.length * TIMES
  const purple = corpsOf('purple_health')
  emit(c, moment('2026-11-26', '09:00'), userOf(at(purple.leaders, 0)), 'create_series', ['monthly'], {
    p_series_id: keyed(c, 'series', 'monthly'),
    p_series: {
      ...fields(purple, 0, '月末义诊'),
      frequency: 'monthly',
      month_day: 31,
      start: '09:00',
      minutes: 150,
      first_on: '2026-12-01',
      until_on: '2027-02-28',
      roles: [{ name: 'helper', capacity: 6 }],
    },
  })
}

/** One held in October, whose results the leader still gives; one to come. */
function stageTrainings(c: Community, corpsOf: CorpsOf): void {
  const green = c.corps.find((k) => k.leaders.includes(c.demo.corps_leader!)) ?? corpsOf('green_eco')
  const leader = userOf(c.demo.corps_leader ?? at(green.leaders, 0))
  const past = keyed(c, 'training', 'sorting')
  const session = keyed(c, 'training_session', 'sorting')
  const start = moment('2026-10-17', '14:00')
  emit(c, start - 10 * DAY, leader, 'save_training', ['sorting'], {
    p_training_id: past,
    p_training: {
      corps_id: green.id,
      title: '垃圾分类引导员培训',
      summary: '怎么劝、怎么示范、怎么保护自己。',
      place_id: c.placeIds[0],
      capacity: 20,
      sessions: [{ id: session, starts_at: iso(start), ends_at: iso(start + 2 * HOUR) }],
    },
  })
  const people = trainees(c, 5)
  const enrolments = people.map((person, n) =>
    emit(c, start - (6 - n) * DAY, actor(c, person), 'enrol_in_training', ['sorting', person.id], {
      p_training_id: past,
      p_for_person_id: person.id,
    }),
  )
  emit(c, start + 2 * HOUR, leader, 'record_training_attendance', ['sorting'], {
    p_session_id: session,
    p_present: enrolments.slice(0, 4),
  })
  const next = keyed(c, 'training', 'first_aid')
  const coming = moment('2026-12-12', '14:00')
  emit(c, moment('2026-11-23', '10:00'), userOf(c.secretary), 'save_training', ['first_aid'], {
    p_training_id: next,
    p_training: {
      title: '心肺复苏与急救',
      summary: '红十字会老师讲课，人人上手练一遍。',
      place_id: c.placeIds[0],
      capacity: 30,
      sessions: [
        { id: keyed(c, 'training_session', 'first_aid', 1), starts_at: iso(coming), ends_at: iso(coming + 2 * HOUR) },
        {
          id: keyed(c, 'training_session', 'first_aid', 2),
          starts_at: iso(coming + 7 * DAY),
          ends_at: iso(coming + 7 * DAY + 2 * HOUR),
        },
      ],
    },
  })
  for (const [n, person] of people.slice(0, 3).entries())
    emit(c, moment('2026-11-24', '12:00') + n * HOUR, actor(c, person), 'enrol_in_training', ['first_aid', person.id], {
      p_training_id: next,
      p_for_person_id: person.id,
    })
}

/** Requests to join a corps that wait for its leader, and a certificate that waits for the office. */
function stageRequests(c: Community): void {
  const rng = new Rng(`${c.figures.key}/calendar`)
  const green = c.corps.find((k) => k.leaders.includes(c.demo.corps_leader!)) ?? at(c.corps, 0)
  const belongs = new Set((c.rows.get('corps_members') ?? []).map((row) => row['person_id']))
  const free = rng.shuffle(c.volunteers.filter((p) => !belongs.has(p.id) && p.age >= 18))
  const notes = ['周末有空，想多出一份力', '退休了，每天早上都可以', '住得近，晚上也能来']
  for (const [n, person] of free.slice(0, CALENDAR_FIGURES.applications).entries())
    emit(c, moment('2026-11-26', '19:00') + n * HOUR, actor(c, person), 'apply_to_corps', [person.id], {
      p_corps_id: green.id,
      p_note: at(notes, n),
      p_for_person_id: person.id,
    })
  const holder = at(
    c.volunteers.filter((p) => p.age >= 25 && p !== c.demo.corps_leader && belongs.has(p.id)),
    0,
  )
  emit(c, moment('2026-11-27', '10:00'), actor(c, holder), 'submit_qualification', [holder.id], {
    p_kind: 'first_aid',
    p_valid_from: '2026-05-01',
    p_valid_to: '2029-04-30',
    p_evidence: '红十字救护员证，编号尾号 2046',
    p_for_person_id: holder.id,
  })
}

const trainees = (c: Community, count: number): Person[] =>
  c.active.filter((p) => p.age >= 18 && !c.corps.some((k) => k.leaders.includes(p))).slice(0, count)

/** The person, or the office for somebody without an account. */
const actor = (c: Community, person: Person): string => person.userId ?? userOf(c.secretary)
