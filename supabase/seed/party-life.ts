import { openAccount } from './linkages.ts'
import { at, Rng } from './random.ts'
import { addDays, DAY, HOUR, moment, weekdayOf } from './time.ts'
import { add, type Community, emit, keyed, type Person, userOf } from './world.ts'

/** Post → the kind of duty it owes, and how often a month (DUTY-2026.1). */
const OWED: Record<string, [kind: string, times: number, minutes: number, notes: string[]]> = {
  grid_delegate: ['opinion_round', 1, 40, ['听了三户的意见，都说停车难', '问了新搬来的两家，都还好']],
  publicist: ['publicity_round', 2, 30, ['发了防诈骗的告知单', '贴了停水通知，给老人念了一遍', '宣传了医保缴费']],
  hygienist: ['hygiene_check', 2, 30, ['楼道清了两处堆物', '垃圾桶边上请人冲洗了']],
  safety_officer: ['safety_check', 2, 30, ['提醒了一户飞线充电', '灭火器压力都正常']],
  mediator: ['mediation', 1, 60, ['楼上漏水，两家说好了一起修', '晾衣服滴水，说开了']],
}
const MEETINGS: [kind: string, title: string, months: number[], study: number][] = [
  ['theme_day', '主题党日：清洁家园', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0],
  ['group_meeting', '党小组会', [2, 4, 6, 8, 10, 11], 0],
  ['member_assembly', '党员大会', [3, 6, 9], 0],
  ['party_lecture', '党课：身边的榜样', [2, 5, 8, 11], 90],
  ['organisation_life', '组织生活会', [2], 0],
]

interface Member {
  person: Person
  post: string | null
  place: { grid_id: unknown; building_id: unknown }
}

/** A year of duties, meetings and dues of the first branch (the full set: of every branch); the score is a consequence. */
export function makePartyLife(c: Community): void {
  if (!c.figures.isMain) return
  const rng = new Rng(`${c.figures.key}/party-life`)
  const rows = (table: string) => c.rows.get(table) ?? []
  const committee = rows('party_orgs').find((org) => org['kind'] === 'committee')!['id'] as string
  // 一肩挑: the community's secretary is secretary of the committee, too.
  add(c, 'role_grants', {
    community_id: c.id,
    id: keyed(c, 'grant', 'committee'),
    person_id: c.secretary.id,
    role: 'branch_secretary',
    scope_kind: 'party_org',
    scope_id: committee,
    valid_from: '2025-11-01',
    valid_to: null,
    granted_by: null,
  })
  const isFull = c.figures.volunteers.active > 600
  const branches = rows('party_orgs').filter((org) => org['kind'] === 'branch')
  branches.slice(0, isFull ? branches.length : 1).forEach((branch, n) => branchYear(c, rng, branch['id'] as string, n))
  inServiceDeeds(c, rng)
}

function membersOf(c: Community, branch: string): Member[] {
  const posts = new Map((c.rows.get('party_posts') ?? []).map((row) => [row['person_id'], row]))
  const exempt = new Set((c.rows.get('party_exemptions') ?? []).map((row) => row['person_id']))
  const persons = new Map(c.persons.map((person) => [person.id, person]))
  return (c.rows.get('party_memberships') ?? [])
    .filter((row) => row['party_org_id'] === branch && row['kind'] === 'managed' && !exempt.has(row['person_id']))
    .map((row) => {
      const post = posts.get(row['person_id'])
      return {
        person: persons.get(row['person_id'] as string)!,
        post: (post?.['post'] as string | undefined) ?? null,
        place: { grid_id: post?.['grid_id'] ?? null, building_id: post?.['building_id'] ?? null },
      }
    })
}

function branchYear(c: Community, rng: Rng, branch: string, nth: number): void {
  const secretaryId = (c.rows.get('role_grants') ?? []).find(
    (row) => row['role'] === 'branch_secretary' && row['scope_id'] === branch,
  )?.['person_id']
  const members = membersOf(c, branch)
  const secretary = members.find(({ person }) => person.id === secretaryId)?.person
  if (!secretary) throw new Error(`${c.figures.name}: a branch has no secretary among its members.`)
  const { managed_member: face } = c.demo
  // The demo's member first: a good year with one duty returned; the others do what people do.
  const active = [...members].sort((a, b) => Number(b.person === face) - Number(a.person === face)).slice(0, 6)
  for (const { person } of active) openAccount(c, person)
  const byUser = (person: Person) => userOf(person === secretary ? c.secretary : secretary)

  active.forEach(({ person, post, place }, m) => {
    const owed = post ? OWED[post] : undefined
    if (!owed) return
    const [kind, times, minutes, notes] = owed
    const diligence = person === face ? 1 : ([0.95, 0.9, 0.7, 0.3][m % 4] ?? 1)
    for (let month = 1; month <= 11; month += 1)
      for (let time = 0; time < times; time += 1) {
        const isLast = month === 11 && time === times - 1
        if (!rng.chance(diligence) && !isLast) continue
        const day = addDays(`2026-${String(month).padStart(2, '0')}-01`, 3 + time * 12 + rng.int(0, 7))
        const done = moment(day, '16:00') + rng.int(0, 2) * HOUR
        const log = emit(c, done + HOUR, userOf(person), 'log_duty', [person.id, month, time], {
          p_kind: kind,
          p_happened_at: new Date(done).toISOString(),
          p_minutes: minutes,
          ...Object.fromEntries(Object.entries(place).map(([key, value]) => [`p_${key}`, value])),
          p_note: rng.chance(0.5) ? at(notes, (month + time) % notes.length) : null,
          p_helped_count: rng.int(0, 5),
        })
        c.expected.duties += 1
        if (isLast && person === face)
          emit(c, done + DAY, byUser(person), 'return_duty', [person.id, month, time], {
            p_log_id: log,
            p_reason: '请写一句宣传了什么',
          })
        // What was done last still waits on the secretary's desk.
        else if (!isLast)
          emit(c, done + DAY, byUser(person), 'verify_duty', [person.id, month, time], { p_log_id: log })
      }
  })

  for (const [kind, title, months, study] of MEETINGS)
    for (const month of months) {
      let day = `2026-${String(month).padStart(2, '0')}-${kind === 'theme_day' ? '05' : kind === 'group_meeting' ? '12' : '19'}`
      while (weekdayOf(day) === 0) day = addDays(day, 1)
      emit(c, moment(day, '20:00'), userOf(secretary), 'record_party_meeting', [branch, kind, month], {
        p_meeting_id: keyed(c, 'party_meeting', branch, kind, month),
        p_data: {
          party_org_id: branch,
          kind,
          title,
          held_on: day,
          place: '党群服务中心',
          study_minutes: study,
          attendance: members.map(({ person }) => {
            const status = person === face || rng.chance(0.88) ? 'present' : rng.chance(0.75) ? 'excused' : 'absent'
            return {
              person_id: person.id,
              status,
              reason: status === 'excused' ? rng.pick(['外出', '看病', '带孙子']) : null,
            }
          }),
        },
      })
      c.expected.partyMeetings += 1
    }
  // The committee's secretary vouches for whoever wrote the meetings down, quarter by quarter; the last ones still wait.
  for (const [quarter, day] of [
    [1, '2026-04-07'],
    [2, '2026-07-07'],
    [3, '2026-10-09'],
  ] as const)
    emit(c, moment(day, '11:00') + nth * HOUR, userOf(c.secretary), 'vouch_attendance', [branch, quarter], {
      p_meeting_ids: MEETINGS.flatMap(([kind, , months]) =>
        months
          .filter((month) => Math.ceil(month / 3) === quarter)
          .map((month) => keyed(c, 'party_meeting', branch, kind, month)),
      ),
    })
  const ids = members.map(({ person }) => person.id)
  const others = ids.filter((id) => id !== secretary.id)
  for (let month = 1; month <= 11; month += 1) {
    const first = `2026-${String(month).padStart(2, '0')}-01`
    const paid = addDays(first, 6)
    const unpaid = month === 11 ? ids.slice(-2) : []
    emit(c, moment(paid, '17:30'), userOf(secretary), 'record_dues', [branch, month], {
      p_person_ids: others.filter((id) => !unpaid.includes(id)),
      p_month: first,
      p_paid_on: paid,
    })
  }
  for (const month of ['03', '07', '10'])
    emit(c, moment(`2026-${month}-25`, '18:00'), userOf(secretary), 'record_study', [branch, month], {
      p_person_ids: others,
      p_studied_on: `2026-${month}-25`,
      p_minutes: 240,
      p_title: '集中学习',
    })
  const praised =
    face && members.some(({ person }) => person === face)
      ? face
      : members.find(({ person }) => person !== secretary)?.person
  if (praised)
    emit(c, moment('2026-05-20', '10:00'), userOf(secretary), 'record_party_remark', [branch, 'praise'], {
      p_person_id: praised.id,
      p_kind: 'praise',
      p_occurred_on: '2026-05-18',
      p_note: '4 号楼居民写来感谢信',
    })
  // Two quarters are confirmed, the secretary's own by the committee; the third waits.
  for (const [quarter, day] of [
    [1, '2026-04-08'],
    [2, '2026-07-08'],
  ] as const) {
    const args = { p_org_id: branch, p_year: 2026, p_quarter: quarter }
    emit(c, moment(day, '15:00') + nth * HOUR, userOf(secretary), 'confirm_quarter', [branch, quarter], args)
    emit(c, moment(day, '15:30') + nth * HOUR, userOf(c.secretary), 'confirm_quarter', [branch, quarter, 'own'], args)
  }
}

/** The demo's member in service notes deeds; the secretary there confirms them. */
function inServiceDeeds(c: Community, rng: Rng): void {
  const { in_service_member: person } = c.demo
  if (!person) return
  for (let month = 6; month <= 11; month += 1) {
    const done = moment(`2026-${String(month).padStart(2, '0')}-${10 + rng.int(0, 8)}`, '19:00')
    const log = emit(c, done + HOUR, userOf(person), 'log_duty', [person.id, month], {
      p_kind: 'neighbour_help',
      p_happened_at: new Date(done).toISOString(),
      p_minutes: 60,
      p_grid_id: c.gridIds[person.grid],
      p_note: rng.pick(['帮李奶奶修了水龙头', '教邻居用手机挂号', '接送独居老人看病']),
      p_helped_count: 1,
    })
    c.expected.duties += 1
    if (month < 11) emit(c, done + DAY, userOf(c.secretary), 'verify_duty', [person.id, month], { p_log_id: log })
  }
}
