import { at, Rng } from './random.ts'
import type { Shift } from './service.ts'
import { DAY, HOUR, MINUTE, moment } from './time.ts'
import { type Community, emit, keyed, type Person, type Row, userOf } from './world.ts'

const REASONS = [
  '楼道灯坏了总是先到，一年里修了三十多盏，从不让老人等到第二天。',
  '每逢 28 号都来，带着年轻人一起清理河边，晒得最黑笑得最多。',
  '夜里巡逻从没缺过一班，冬天还给值班室烧好热水。',
  '陪三位独居老人看病买药，病历本都记得清清楚楚。',
  '孩子放学没人接，他在活动室守到最后一个家长来。',
  '会理发会磨刀，摆摊半天不歇，还教会了两位新志愿者。',
]
const STATEMENT = '这一年能出力的时候我都来了。其实是邻居们带着我一起做，荣誉给更年轻的同伴也很好。'

/** What was served in a time, by person: minutes and in how many months. */
function servedIn(
  shifts: readonly Shift[],
  from: number,
  to: number,
): Map<Person, { minutes: number; months: number }> {
  const months = new Map<Person, Map<string, number>>()
  for (const { claims, start } of shifts) {
    if (start < from || start >= to) continue
    const month = new Date(start + 8 * HOUR).toISOString().slice(0, 7)
    for (const { person, outcome, minutes } of claims)
      if (outcome === 'attended') {
        const of = months.get(person) ?? new Map<string, number>()
        of.set(month, (of.get(month) ?? 0) + (minutes ?? 0))
        months.set(person, of)
      }
  }
  return new Map(
    [...months].map(([person, of]) => [
      person,
      { minutes: [...of.values()].reduce((sum, n) => sum + n, 0), months: of.size },
    ]),
  )
}

const order = (row: Row) => `${String(row['joined_on'])}/${String(row['id'])}`

interface Plan {
  key: string
  kind: string
  period: string
  formula?: string
  /** The day it opened; it collects for a week. */
  opened: string
  nominees: Person[]
  shortlisted: Person[]
  /** Locked while its time still runs (a year's honours are given at its end). */
  beforeEnd?: boolean
  /** Days after opening: decided, published, confirmed, archived; what is missing has not come yet. */
  published?: string
  confirmed?: string
  archived?: string
}

/** An appraisal of each step: last year's sealed, a star of the quarter granted, this year's in its public notice, a party one collecting. */
export function stageAppraisal(c: Community, shifts: readonly Shift[]): void {
  const { branch_secretary: branch, building_head: head, grid_worker: grid, volunteer, resident } = c.demo
  if (!c.figures.isMain || !branch || !head || !grid || !volunteer || !resident) return
  const rng = new Rng(`${c.figures.key}/appraisal`)
  const panel = [branch, head, grid]
  const near = new Set([...panel, c.secretary].map((person) => person.household))
  const corpsOf = new Map<string, string>()
  // As the nomination takes it: the corps one joined first.
  const memberships = (c.rows.get('corps_members') ?? []).filter((row) => !row['left_on'])
  for (const row of memberships.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)))
    if (!corpsOf.has(row['person_id'] as string)) corpsOf.set(row['person_id'] as string, row['corps_id'] as string)
  const best = (from: string, to: string, minutes: number, months: number) =>
    [...servedIn(shifts, moment(from, '00:00'), moment(to, '00:00'))]
      .filter(
        ([person, seen]) =>
          person.age >= 18 && !near.has(person.household) && seen.minutes >= minutes && seen.months >= months,
      )
      .toSorted(([a, x], [b, y]) => y.minutes - x.minutes || (a.id < b.id ? -1 : 1))
      .map(([person]) => person)
  /** The first of each group, in order. */
  const firsts = (people: Person[], group: (person: Person) => string | number | undefined) => {
    const seen = new Set<string | number>()
    return people.filter((person) => {
      const key = group(person)
      if (key === undefined || seen.has(key)) return false
      seen.add(key)
      return true
    })
  }

  const trial = emit(c, moment('2025-12-20', '09:30'), userOf(c.secretary), 'publish_formula', ['trial'], {
    p_kind: 'volunteer_pioneer',
    p_code: 'PIONEER-2025.1',
    p_indicators: [
      { method: 'hours', weight: 60 },
      { method: 'rating', weight: 40 },
    ],
    p_gates: { minutes: 240, no_veto: true },
    p_quota: { most: 3 },
  })
  const lastYear = best('2025-12-01', '2026-01-01', 260, 1).slice(0, 4)
  walk(c, rng, panel, {
    key: 'pioneer/2025',
    kind: 'volunteer_pioneer',
    period: '2025',
    formula: trial,
    opened: '2026-01-05',
    nominees: lastYear,
    shortlisted: lastYear.slice(0, 3),
    published: '2026-01-14',
    confirmed: '2026-01-22',
    archived: '2026-01-23',
  })

  // After the trial of the first weeks the year's rules (rules.md).
  const rules = emit(c, moment('2026-02-02', '10:00'), userOf(c.secretary), 'publish_formula', ['year'], {
    p_kind: 'volunteer_pioneer',
    p_code: 'PIONEER-2026.2',
    p_indicators: [
      { method: 'hours', weight: 40 },
      { method: 'months', weight: 20 },
      { method: 'rating', weight: 20 },
      { method: 'deeds', weight: 10 },
      { method: 'reliability', weight: 10 },
    ],
    p_gates: { minutes: 1200, months: 3, no_veto: true },
    p_quota: { percent: 3, each_corps: 1 },
  })
  const stars = firsts(best('2026-07-01', '2026-10-01', 300, 1), (person) => person.grid).slice(0, 4)
  walk(c, rng, panel, {
    key: 'star/2026-Q3',
    kind: 'area_star',
    period: '2026-Q3',
    opened: '2026-10-10',
    nominees: stars,
    shortlisted: stars,
    published: '2026-10-20',
    confirmed: '2026-10-28',
  })

  const able = best('2026-01-01', '2026-11-01', 1320, 4)
  const pioneers = firsts(able, (person) => corpsOf.get(person.id)).slice(0, 6)
  const others = able.filter((person) => !pioneers.includes(person)).slice(0, 3)
  const notice = walk(c, rng, panel, {
    key: 'pioneer/2026',
    kind: 'volunteer_pioneer',
    period: '2026',
    formula: rules,
    opened: '2026-11-09',
    nominees: [...pioneers, ...others, ...([...pioneers, ...others].includes(volunteer) ? [] : [volunteer])],
    shortlisted: pioneers,
    beforeEnd: true,
    published: '2026-11-24',
  })
  emit(c, moment('2026-11-26', '20:15'), userOf(resident), 'file_objection', ['pioneer/2026'], {
    p_notice_id: notice,
    p_text: '听说 6 月那次清理河道下雨取消了，想请核对一下那天的时长是不是也算进去了。',
    p_nomination_id: keyed(c, 'event', 'nominate', 'pioneer/2026', at(pioneers, 0).id),
  })
  collectParty(c, branch)
  // Asked, and not answered yet: what the demo volunteer finds under 我的.
  const quarter = open(c, 'star/2026-Q4', 'area_star', '2026-Q4', '2026-11-25', '2026-12-11')
  emit(c, moment('2026-11-25', '09:30'), userOf(c.secretary), 'name_panel', ['star/2026-Q4'], {
    p_cycle_id: quarter,
    p_person_ids: panel.map((person) => person.id),
  })
  // Two of the demo volunteer's own corps, too, for the peers to say something about.
  const mates = memberships
    .filter((row) => row['corps_id'] === corpsOf.get(volunteer.id) && row['person_id'] !== volunteer.id)
    .map((row) => c.persons.find(({ id }) => id === row['person_id'])!)
    .filter((person) => person.age >= 18 && !near.has(person.household))
    .slice(0, 2)
  for (const [n, person] of [volunteer, ...mates].entries()) {
    const nomination = emit(
      c,
      moment('2026-11-25', '14:00') + n * 5 * MINUTE,
      userOf(c.secretary),
      'nominate',
      ['star/2026-Q4', person.id],
      {
        p_cycle_id: quarter,
        p_person_id: person.id,
        p_reason: at(REASONS, n),
      },
    )
    if (person === volunteer) continue
    emit(
      c,
      moment('2026-11-26', '10:00') + n * 5 * MINUTE,
      userOf(c.secretary),
      'accept_nomination',
      ['star/2026-Q4', person.id],
      {
        p_nomination_id: nomination,
        p_shows_full_name: false,
        p_via: 'paper',
      },
    )
  }
  emit(c, moment('2026-11-27', '09:00'), userOf(c.secretary), 'plan_cycle', ['family/2026'], {
    p_cycle_id: keyed(c, 'cycle', 'family/2026'),
    p_plan: {
      kind: 'civilized_family',
      period: '2026',
      collect_until: '2026-12-18',
      decide_until: '2026-12-28',
      quorum: 3,
    },
  })
}

function open(
  c: Community,
  key: string,
  kind: string,
  period: string,
  day: string,
  until: string,
  formula?: string,
): string {
  const cycle = keyed(c, 'cycle', key)
  const start = moment(day, '09:00')
  emit(c, start, userOf(c.secretary), 'plan_cycle', [key], {
    p_cycle_id: cycle,
    p_plan: {
      kind,
      period,
      collect_until: until,
      decide_until: new Date(moment(until, '12:00') + 14 * DAY).toISOString().slice(0, 10),
      quorum: 3,
      ...(formula ? { formula_id: formula } : {}),
    },
  })
  emit(c, start + 5 * MINUTE, userOf(c.secretary), 'open_cycle', [key], { p_cycle_id: cycle })
  return cycle
}

/** Through the commands as far as the plan goes; the id of its notice. */
function walk(c: Community, rng: Rng, panel: Person[], plan: Plan): string {
  const { key, kind, period, opened, nominees, shortlisted, beforeEnd, published, confirmed, archived } = plan
  const until = new Date(moment(opened, '12:00') + 7 * DAY).toISOString().slice(0, 10)
  const cycle = open(c, key, kind, period, opened, until, plan.formula)
  const secretary = userOf(c.secretary)
  const start = moment(opened, '10:00')
  emit(c, start, secretary, 'name_panel', [key], { p_cycle_id: cycle, p_person_ids: panel.map((person) => person.id) })
  nominees.forEach((person, n) => {
    const nomination = emit(c, start + (n + 1) * 10 * MINUTE, secretary, 'nominate', [key, person.id], {
      p_cycle_id: cycle,
      p_person_id: person.id,
      p_reason: at(REASONS, n % REASONS.length),
    })
    const own = person.userId !== undefined
    emit(c, start + DAY + n * 30 * MINUTE, own ? userOf(person) : secretary, 'accept_nomination', [key, person.id], {
      p_nomination_id: nomination,
      p_shows_full_name: rng.chance(0.5),
      p_via: own ? 'self' : 'paper',
    })
    if (own && n % 2 === 0)
      emit(c, start + DAY + n * 30 * MINUTE + 5 * MINUTE, userOf(person), 'save_statement', [key, person.id], {
        p_nomination_id: nomination,
        p_body: STATEMENT,
      })
  })
  const over = moment(until, '16:00') + DAY
  emit(c, over, secretary, 'lock_cycle', [key], { p_cycle_id: cycle, p_before_end: beforeEnd ?? false })
  emit(c, over + 10 * MINUTE, secretary, 'score_cycle', [key], { p_cycle_id: cycle })
  if (!published) return ''
  const decided = shortlisted.length === 0 ? nominees.slice(0, 1) : shortlisted
  // Whom the score alone would have put where is known to the database only: the panel gives its reason each time.
  nominees
    .filter((person) => decided.includes(person) || person !== c.demo.volunteer)
    .forEach((person, n) =>
      emit(c, over + HOUR + n * 5 * MINUTE, userOf(at(panel, n % panel.length)), 'decide_award', [key, person.id], {
        p_nomination_id: keyed(c, 'event', 'nominate', key, person.id),
        p_decision: decided.includes(person) ? 'shortlist' : 'pass_over',
        p_reason: decided.includes(person) ? '事迹具体，邻居都认可。' : '同队已有一位，明年再推荐。',
      }),
    )
  for (const [n, person] of panel.entries())
    emit(c, over + 3 * HOUR + n * HOUR, userOf(person), 'sign_decisions', [key, n], { p_cycle_id: cycle })
  const notice = emit(c, moment(published, '09:30'), secretary, 'publish_notice', [key], { p_cycle_id: cycle })
  if (confirmed) emit(c, moment(confirmed, '09:30'), secretary, 'confirm_cycle', [key], { p_cycle_id: cycle })
  if (archived) emit(c, moment(archived, '09:30'), secretary, 'archive_cycle', [key], { p_cycle_id: cycle })
  return notice
}

/** 优秀共产党员 of the year: put forward by the branch, some accepted, one asked and waiting. */
function collectParty(c: Community, branch: Person): void {
  const key = 'member/2026'
  const org = (c.rows.get('role_grants') ?? []).find(
    (row) => row['person_id'] === branch.id && row['role'] === 'branch_secretary' && row['scope_kind'] === 'party_org',
  )?.['scope_id']
  const persons = new Map(c.persons.map((person) => [person.id, person]))
  const members = (c.rows.get('party_memberships') ?? [])
    .filter((row) => row['party_org_id'] === org && row['kind'] === 'managed' && row['person_id'] !== branch.id)
    .map((row) => persons.get(row['person_id'] as string)!)
    .filter((person) => person.household !== branch.household && person.household !== c.secretary.household)
  const face = c.demo.managed_member
  const nominees = [
    ...members.filter((person) => person !== face).slice(0, 3),
    ...(face && members.includes(face) ? [face] : []),
  ]
  const cycle = open(c, key, 'excellent_member', '2026', '2026-11-23', '2026-12-07')
  const start = moment('2026-11-24', '15:00')
  nominees.forEach((person, n) => {
    const nomination = emit(c, start + n * 10 * MINUTE, userOf(branch), 'nominate', [key, person.id], {
      p_cycle_id: cycle,
      p_person_id: person.id,
      p_reason: at(REASONS, (n + 2) % REASONS.length),
    })
    if (person === face) return
    emit(c, start + DAY + n * 10 * MINUTE, userOf(c.secretary), 'accept_nomination', [key, person.id], {
      p_nomination_id: nomination,
      p_shows_full_name: false,
      p_via: 'paper',
    })
  })
}
