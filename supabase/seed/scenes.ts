import { COLORS, type Color } from './figures.ts'
import { openAccount } from './linkages.ts'
import { at, idOf, Rng } from './random.ts'
import { actorFor, claimShift, type Shift, TODAY, writeActivity } from './service.ts'
import { TASKS } from './texts.ts'
import { addDays, DAY, HOUR, MINUTE, moment, REFERENCE_MS } from './time.ts'
import { add, type Community, emit, keyed, type Person, userOf } from './world.ts'

const TODAY_DATE = '2026-11-28'

/** Today's eight of the main community: [colour, task, from, minutes, capacity, share of the places taken]. */
const TODAYS: [Color, number, string, number, number, number][] = [
  ['green_eco', 0, '08:00', 90, 10, 0.7],
  ['green_eco', 1, '09:30', 120, 12, 0.5],
  ['blue_repair', 0, '09:00', 120, 8, 0.6],
  ['purple_health', 0, '10:00', 90, 10, 0.6],
  ['red_relief', 1, '10:00', 120, 15, 0.4],
  ['orange_youth', 1, '14:00', 120, 8, 0.5],
  ['cyan_law', 1, '14:30', 120, 6, 0.5],
  ['yellow_patrol', 0, '19:30', 90, 10, 0.3],
]

/** What a visitor meets at the reference moment: shifts running, open, full and offered; drafts; requests that wait. */
export function stageScenes(c: Community): void {
  const rng = new Rng(`${c.figures.key}/scenes`)
  const isFace = (person: Person) => Object.values(c.demo).includes(person)
  const crowd = c.active.filter((person) => !isFace(person) && person.age >= 18)
  const busy: [Person, number, number][] = []
  const guests = (shift: Shift, count: number): Person[] => {
    const list = rng
      .shuffle(crowd)
      .filter(
        (person) =>
          !shift.corps.leaders.includes(person) &&
          !busy.some(([who, from, to]) => who === person && shift.start < to && shift.end > from),
      )
      .slice(0, count)
    for (const person of list) busy.push([person, shift.start, shift.end])
    return list
  }
  const make = (
    color: Color,
    nth: number,
    day: string,
    time: string,
    minutes: number,
    title?: string,
    minAge = 14,
  ): Shift => {
    const corps = c.corps.find((candidate) => candidate.color === color) ?? at(c.corps, 0)
    const tasks = TASKS[corps.color as Color]
    const task = at(tasks, nth % tasks.length)
    const start = moment(day, time)
    return {
      key: `${day}/${time}/${corps.color}/live`,
      corps,
      leader: at(corps.leaders, 0),
      second: at(corps.leaders, 1),
      title: title ?? task.title,
      task,
      start,
      end: start + minutes * MINUTE,
      kind: 'other',
      minAge,
      claims: [],
    }
  }
  /** Published so many days before, then claimed one after the other until yesterday evening. */
  const fill = (
    shift: Shift,
    shiftId: string,
    people: Person[],
    published: number,
    expect?: (n: number) => string,
  ): string[] => {
    const until = Math.min(moment('2026-11-27', '21:30'), shift.start - 3 * HOUR)
    return people.map((person, n) =>
      claimShift(
        c,
        shift.key,
        shiftId,
        person,
        Math.round(published + ((until - published) * (n + 1)) / (people.length + 1)),
        expect?.(n),
      ),
    )
  }

  if (c.figures.isMain) stageToday(c, make, guests, fill)
  const plan: [Color, number, string, number][] = []
  const colors = COLORS.filter((color) => c.corps.some((corps) => corps.color === color))
  for (let n = 0; n < c.figures.upcoming; n += 1) {
    const day = 1 + Math.floor((n * 14) / c.figures.upcoming)
    plan.push([
      at(colors, n % colors.length),
      day,
      ['09:00', '14:30', '10:00', '15:30'][Math.floor(n / 7) % 4] ?? '09:00',
      n,
    ])
  }
  for (const [color, ahead, time, n] of plan) {
    const shift = make(
      color,
      n + 1,
      addDays(TODAY_DATE, ahead),
      color === 'yellow_patrol' ? '19:30' : time,
      color === 'yellow_patrol' ? 90 : 120,
      undefined,
      color === 'yellow_patrol' ? 18 : 14,
    )
    const published = moment(addDays(TODAY_DATE, -rng.int(1, 6)), '10:00') + rng.int(0, 200) * MINUTE
    const capacity = 6 + 2 * rng.int(0, 5)
    const extra =
      color === 'green_eco' && n % 2 === 1
        ? {
            shifts: [
              {
                id: keyed(c, 'shift', shift.key),
                starts_at: new Date(shift.start).toISOString(),
                ends_at: new Date(shift.end).toISOString(),
                roles: [
                  { id: keyed(c, 'shift_role', shift.key, 'helper'), name: 'helper', capacity },
                  { id: keyed(c, 'shift_role', shift.key, 'logistics'), name: 'logistics', capacity: 2, min_age: 18 },
                ],
              },
            ],
          }
        : {}
    const shiftId = writeActivity(c, shift, capacity, published, extra)
    fill(
      shift,
      shiftId,
      guests(shift, Math.min(Math.floor(crowd.length / 3), Math.floor(capacity * (0.2 + 0.6 * rng.next())))),
      published,
    )
  }
  if (c.figures.isMain) stageStories(c, make, guests, fill)
}

type Make = (
  color: Color,
  nth: number,
  day: string,
  time: string,
  minutes: number,
  title?: string,
  minAge?: number,
) => Shift
type Guests = (shift: Shift, count: number) => Person[]
type Fill = (
  shift: Shift,
  shiftId: string,
  people: Person[],
  published: number,
  expect?: (n: number) => string,
) => string[]

function stageToday(c: Community, make: Make, guests: Guests, fill: Fill): void {
  if (TODAYS.length !== TODAY) throw new Error('Today has its eight activities.')
  TODAYS.forEach(([color, nth, time, minutes, capacity, taken], i) => {
    const shift = make(
      color,
      nth,
      TODAY_DATE,
      time,
      minutes,
      `28日志愿服务日·${at(TASKS[color], nth).title}`,
      color === 'yellow_patrol' ? 18 : 14,
    )
    const published = moment('2026-11-19', '09:00') + i * 20 * MINUTE
    const shiftId = writeActivity(c, shift, capacity, published)
    const people = guests(shift, Math.round(capacity * taken))
    const signups = fill(shift, shiftId, people, published)
    if (i === 0) {
      // The running one: all but two are checked in, one of them came late.
      people.slice(0, -2).forEach((person, n) => {
        const when = n === 4 ? moment(TODAY_DATE, '08:11') : moment(TODAY_DATE, '07:46') + n * 190_000
        emit(c, when, userOf(shift.leader), 'check_in', [shift.key, person.id], {
          shift: shiftId,
          ...(person.userId && n !== 2 ? { person: person.id } : { signup: at(signups, n) }),
        })
      })
    }
  })
}

function stageStories(c: Community, make: Make, guests: Guests, fill: Fill): void {
  const { volunteer, corps_leader: leader } = c.demo
  if (!volunteer || !leader) throw new Error('The main community has its demo accounts.')
  const published = moment('2026-11-24', '09:30')

  // Full, with three waiting.
  const full = make('blue_repair', 1, '2026-11-29', '09:30', 150)
  const fullId = writeActivity(c, full, 6, published)
  const nine = guests(full, 9)
  const queue = fill(full, fullId, nine, published, (n) => (n < 6 ? 'confirmed' : 'waitlisted'))
  // One of the six cannot come and asks everybody, those who wait first.
  const away = at(nine, 2)
  const asked = moment(TODAY_DATE, '07:20')
  emit(c, asked, actorFor(c, away, asked), 'offer_stand_in', [full.key, away.id], { p_signup_id: at(queue, 2) })

  // An offer for the volunteer: first in the queue when a place came back this morning.
  const offer = make('purple_health', 1, '2026-12-02', '14:00', 180)
  const offerId = writeActivity(c, offer, 4, published)
  const holders = guests(offer, 4)
  const held = fill(offer, offerId, holders, published)
  claimShift(c, offer.key, offerId, volunteer, moment('2026-11-27', '22:05'), 'waitlisted')
  for (const person of guests(offer, 1))
    claimShift(c, offer.key, offerId, person, moment('2026-11-27', '22:40'), 'waitlisted')
  const giver = at(holders, 1)
  emit(c, moment(TODAY_DATE, '07:40'), actorFor(c, giver, REFERENCE_MS), 'cancel_signup', [offer.key, giver.id], {
    signup: at(held, 1),
    reason: '家里有事',
    expect: 'cancelled',
  })

  // Confirmed for the volunteer, and one called off.
  const mine = make('red_relief', 0, '2026-12-05', '09:30', 120)
  const mineId = writeActivity(c, mine, 12, published)
  fill(mine, mineId, guests(mine, 5), published)
  claimShift(c, mine.key, mineId, volunteer, moment('2026-11-25', '20:15'))
  // A firm keeps places and has not handed in names yet.
  if (c.demo.partner_contact) {
    emit(c, moment('2026-11-26', '15:00'), userOf(c.demo.partner_contact), 'reserve_block', [mine.key], {
      p_shift_id: mineId,
      p_role: 'helper',
      p_organisation: '示例物业服务公司',
      p_places: 3,
      p_until_at: '2026-12-04T18:00:00+08:00',
    })
  }
  const off = make('orange_youth', 2, '2026-11-30', '16:00', 90)
  const offId = writeActivity(c, off, 8, published)
  fill(off, offId, guests(off, 3), published)
  claimShift(c, off.key, offId, volunteer, moment('2026-11-25', '20:20'))
  emit(c, moment('2026-11-27', '22:50'), userOf(off.leader), 'cancel_activity', [off.key], {
    activity: keyed(c, 'activity', off.key),
    reason: '球场维护，改到下周',
  })

  // One that asks for a qualification, a hazardous one with insurance, one with three shifts.
  const lawyers = make('cyan_law', 0, '2026-12-03', '19:00', 120, '律师驻点答疑')
  writeActivity(c, lawyers, 3, published, { qualification_kind: 'lawyer' })
  const roofs = make('yellow_patrol', 2, '2026-12-06', '13:30', 150, '楼顶与外墙隐患排查', 18)
  const roofsId = writeActivity(c, roofs, 6, published, {
    is_hazardous: true,
    insurance_ref: '示例保险 DEMO-2026-0117',
    risk_note: '不翻越女儿墙，大风雨雪取消，全程两人同行，系好安全绳。',
  })
  fill(roofs, roofsId, guests(roofs, 2), published)
  const reading = make('orange_youth', 1, '2026-12-05', '15:00', 90, '冬日阅读角(共三次)')
  writeActivity(c, reading, 6, published, {
    shifts: ['2026-12-05', '2026-12-12', '2026-12-19'].map((day, n) => ({
      id: n === 0 ? keyed(c, 'shift', reading.key) : keyed(c, 'shift', reading.key, n),
      starts_at: new Date(moment(day, '15:00')).toISOString(),
      ends_at: new Date(moment(day, '16:30')).toISOString(),
      roles: [{ id: keyed(c, 'shift_role', reading.key, n), name: 'helper', capacity: 6 }],
    })),
  })

  // Before the office: two submitted, one given back, one still a draft of the demo leader.
  const draft = (shift: Shift, when: number, submit: boolean) => {
    const activity = keyed(c, 'activity', shift.key)
    emit(c, when, userOf(shift.leader), 'save_activity', [shift.key], {
      activity,
      data: {
        corps_id: shift.corps.id,
        title: shift.title,
        summary: shift.task.summary,
        risk_note: submit ? shift.task.risk : null,
        category: shift.task.category,
        place_id: c.placeIds[shift.task.place],
        meeting_point: '服务点签到台',
        shifts: [
          {
            id: keyed(c, 'shift', shift.key),
            starts_at: new Date(shift.start).toISOString(),
            ends_at: new Date(shift.end).toISOString(),
            roles: [{ id: keyed(c, 'shift_role', shift.key, 'helper'), name: 'helper', capacity: 10 }],
          },
        ],
      },
    })
    if (submit) emit(c, when + 10 * MINUTE, userOf(shift.leader), 'submit_activity', [shift.key], { activity })
    return activity
  }
  draft(make('green_eco', 2, '2026-12-13', '09:30', 120, '冬季绿地养护'), moment('2026-11-27', '18:20'), true)
  draft(make('purple_health', 2, '2026-12-10', '15:00', 90, '冬季养生小课堂'), moment('2026-11-27', '20:40'), true)
  const returned = draft(
    make('green_eco', 1, '2026-12-20', '14:00', 120, '旧衣换绿植'),
    moment('2026-11-26', '19:00'),
    true,
  )
  emit(c, moment('2026-11-27', '09:15'), userOf(c.secretary), 'reject_activity', ['2026-12-20'], {
    activity: returned,
    reason: '请补充绿植的来源和数量，再提交一次。',
  })
  draft(make('green_eco', 3, '2026-12-26', '09:30', 120, '河畔步道捡拾(草稿)'), moment('2026-11-27', '21:10'), false)

  stageDesk(c)
}

/** Join requests, privacy requests, and who has read the inbox. */
function stageDesk(c: Community): void {
  const invite = { id: keyed(c, 'invite'), code: INVITE_CODE }
  add(c, 'invites', {
    community_id: c.id,
    id: invite.id,
    code: invite.code,
    created_by: c.secretary.id,
    created_at: '2026-11-20T09:00:00+08:00',
    expires_at: '2027-05-31T00:00:00+08:00',
    max_uses: 200,
    used: 0,
    revoked_at: null,
  })
  const known = c.persons.find(
    (person) => !person.userId && person.hasPhone && person.age >= 25 && person.age <= 45 && !c.taken.has(person.id),
  )
  if (!known?.phone) throw new Error('Nobody of the roster is left to ask for joining.')
  const askers: [string, number, number, string, string, string, Record<string, string>][] = [
    ['known', known.birthYear, known.birthMonth, known.name, known.phone, '2026-11-27 09:20', {}],
    ['newcomer', 1994, 5, '苏听雨', '14490000021', '2026-11-27 19:05', {}],
    [
      'young',
      2010,
      3,
      '邓嘉木',
      '14490000022',
      '2026-11-28 07:50',
      { guardian_name: '邓海涛', guardian_phone: '14490000023' },
    ],
  ]
  for (const [key, year, month, name, phone, when, guardian] of askers) {
    const user = idOf('user', c.figures.key, 'asker', key)
    const [day = '', time = ''] = when.split(' ')
    const asked = moment(day, time)
    add(c, 'accounts', {
      user_id: user,
      birth_year: year,
      birth_month: month,
      locale: 'zh-CN',
      terms_version: '2025.1',
      created_at: new Date(asked - 20 * MINUTE).toISOString(),
    })
    emit(c, asked, user, 'request_join', [key], { code: invite.code, name, phone, ...guardian })
  }

  const { resident, volunteer } = c.demo
  if (resident)
    emit(c, moment('2026-11-25', '20:30'), userOf(resident), 'ask_privacy', ['copy'], {
      p_kind: 'copy',
      p_note: '想要一份自己的资料。',
    })
  if (volunteer) {
    const request = emit(c, moment('2026-10-12', '12:30'), userOf(volunteer), 'ask_privacy', ['access'], {
      p_kind: 'access',
      p_note: null,
    })
    emit(c, moment('2026-10-14', '10:05'), userOf(c.secretary), 'answer_privacy', ['access'], {
      p_request_id: request,
      p_answer: '您的资料可在「我的」里查看和下载，如有出入请告诉我们。',
    })
  }
}

/** Everybody with an account looked into the inbox now and then; what came since is unread. */
export function readInboxes(c: Community): void {
  for (const person of c.persons) {
    if (!person.userId) continue
    const face = Object.values(c.demo).includes(person)
    emit(
      c,
      face ? REFERENCE_MS - 8 * DAY : moment('2026-11-15', '21:00'),
      person.userId,
      'mark_notifications_read',
      [person.id],
      {},
    )
  }
}

/** Printed with the accounts: whoever signs up in the demo joins with it. */
export const INVITE_CODE = 'WUTUNG2628'

export function giveFacesAccounts(c: Community): void {
  for (const [role, person] of Object.entries(c.demo)) openAccount(c, person, demoUserId(role))
}

export function demoUserId(role: string): string {
  return idOf('demo-user', role)
}
