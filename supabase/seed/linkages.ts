import { COLORS, POSTS } from './figures.ts'
import { consent, REGISTERED_AT, take } from './people.ts'
import { at, idOf, Rng, share } from './random.ts'
import { CORPS, HOME_UNITS } from './texts.ts'
import { addDays, moment } from './time.ts'
import { add, type Community, emit, DEMO_ROLES, type DemoRole, keyed, type Person, userOf } from './world.ts'

const FOUNDED = '2025-11-01'
const LINES = ['party_building', 'civil_affairs', 'health', 'security', 'mediation']

/** The faces of the demo accounts, so that screens and the README speak of the same people. */
const FACES: Record<DemoRole, { name: string; age: [number, number]; grid: number }> = {
  resident: { name: '沈雨禾', age: [36, 48], grid: 0 },
  volunteer: { name: '周可欣', age: [24, 40], grid: 0 },
  corps_leader: { name: '陈守田', age: [45, 66], grid: 1 },
  managed_member: { name: '赵国梁', age: [50, 69], grid: 0 },
  in_service_member: { name: '何思远', age: [28, 50], grid: 1 },
  branch_secretary: { name: '孙桂英', age: [50, 69], grid: 0 },
  grid_worker: { name: '吴敏', age: [25, 50], grid: 0 },
  building_head: { name: '郑素云', age: [50, 72], grid: 0 },
  community_secretary: { name: '刘文清', age: [36, 55], grid: 2 },
  partner_contact: { name: '韩立群', age: [30, 55], grid: 3 },
  reward_clerk: { name: '罗小满', age: [22, 45], grid: 4 },
  street_admin: { name: '高景行', age: [30, 55], grid: 5 },
}

/** The 在职党员 of the demo belongs to a second community, to which the app lets one switch. */
const SECOND_HOME = 'huaiyinjie'

/** The demo accounts' persons are picked before anybody else. */
export function castDemo(c: Community): void {
  const roles: DemoRole[] = c.figures.isMain
    ? [...DEMO_ROLES]
    : c.figures.key === SECOND_HOME
      ? ['in_service_member', 'street_admin']
      : ['street_admin']
  for (const role of roles) {
    const { name, age, grid } = FACES[role]
    const person = take(c, (p) => p.age >= age[0] && p.age <= age[1] && (!c.figures.isMain || p.grid === grid))
    person.name = name
    if (!person.phone)
      Object.assign(person, {
        hasPhone: true,
        phone: `1448${c.figures.regionCode.slice(-1)}${String(Object.keys(FACES).indexOf(role)).padStart(6, '0')}`,
      })
    c.demo[role] = person
  }
}

/** The account of a person; who holds none acts through a helper. */
export function openAccount(c: Community, person: Person, userId = idOf('user', c.figures.key, person.id)): void {
  if (person.userId) return
  person.userId = userId
  add(c, 'account_persons', {
    community_id: c.id,
    id: keyed(c, 'account_person', person.id),
    user_id: userId,
    person_id: person.id,
    status: 'active',
    joined_at: c.figures.isMain ? REGISTERED_AT : '2025-11-12T09:00:00+08:00',
  })
}

export function grant(
  c: Community,
  person: Person,
  role: string,
  scopeKind = 'community',
  scopeId: string | null = null,
  from = FOUNDED,
  to: string | null = null,
): void {
  add(c, 'role_grants', {
    community_id: c.id,
    id: keyed(c, 'grant', person.id, role, scopeId ?? '', from),
    person_id: person.id,
    role,
    scope_kind: scopeKind,
    scope_id: scopeId,
    valid_from: from,
    valid_to: to,
    granted_by: null,
  })
}

/** 社工联勤: 书记/主任, deputies, one worker for each 片, lines, social workers. */
export function makeStaff(c: Community): void {
  const { staff, relay } = c.figures
  let extension = 0
  const post = (
    person: Person,
    title: string,
    line: string | null = null,
    from = FOUNDED,
    to: string | null = null,
  ): string => {
    const id = keyed(c, 'staff_post', person.id, title, from)
    extension += 1
    add(c, 'staff_posts', {
      community_id: c.id,
      id,
      person_id: person.id,
      title,
      business_line: line,
      public_name: person.name,
      relay_phone: `${relay}-8${String(extension).padStart(2, '0')}`,
      valid_from: from,
      valid_to: to,
    })
    return id
  }
  const worker = (p: Person) => p.age >= 24 && p.age <= 55

  const secretary = c.demo.community_secretary ?? take(c, worker)
  c.secretary = secretary
  post(secretary, 'community_secretary')
  post(secretary, 'director')
  grant(c, secretary, 'community_secretary')
  openAccount(c, secretary)

  for (let i = 0; i < staff.deputies; i += 1) {
    const person = take(c, worker)
    post(person, i === 0 ? 'deputy_secretary' : 'deputy_director')
    grant(c, person, 'community_worker')
    openAccount(c, person)
  }
  const lines: Person[] = []
  for (let i = 0; i < staff.lines; i += 1) {
    const person = take(c, worker)
    lines.push(person)
    post(person, 'line_worker', at(LINES, i))
    grant(c, person, 'community_worker')
    openAccount(c, person)
  }
  c.gridIds.forEach((gridId, g) => {
    const person = (g === 0 && c.demo.grid_worker) || take(c, worker)
    c.gridWorkers.push(person)
    openAccount(c, person)
    // One 片 was handed over in summer, so that a former worker shows with dates.
    const handedOver = c.figures.isMain && g === 2
    const from = handedOver ? '2026-07-01' : FOUNDED
    const postId = post(person, 'grid_worker', null, from)
    const former = lines[0]
    if (handedOver && former) {
      c.formerGridWorkers.push({ grid: g, person: former, until: moment('2026-07-01', '00:00') })
      const formerPost = post(former, 'grid_worker', null, FOUNDED, '2026-06-30')
      add(c, 'grid_assignments', {
        community_id: c.id,
        id: keyed(c, 'assignment', g, 0),
        grid_id: gridId,
        person_id: former.id,
        staff_post_id: formerPost,
        valid_from: FOUNDED,
        valid_to: '2026-06-30',
      })
      grant(c, former, 'grid_worker', 'grid', gridId, FOUNDED, '2026-06-30')
    }
    add(c, 'grid_assignments', {
      community_id: c.id,
      id: keyed(c, 'assignment', g, 1),
      grid_id: gridId,
      person_id: person.id,
      staff_post_id: postId,
      valid_from: from,
      valid_to: null,
    })
    grant(c, person, 'grid_worker', 'grid', gridId, from)
  })
  for (let i = 0; i < staff.socialWorkers; i += 1) {
    const person = take(c, worker)
    post(person, 'social_worker')
    grant(c, person, 'community_worker')
    openAccount(c, person)
  }
  for (const role of ['partner_contact', 'reward_clerk', 'street_admin'] as const) {
    const person = c.demo[role]
    if (person) grant(c, person, role)
  }
}

/** 党员联动: committee → a branch for each 片 → groups → activity points; members, posts, exemptions. */
export function makeParty(c: Community, openNames: Set<string>): void {
  const { figures: f } = c
  const { party } = f
  const rng = new Rng(`${f.key}/party`)
  const org = (key: string, kind: string, name: string, parent: string | null, grid: number | null): string => {
    const id = keyed(c, 'party_org', key)
    add(c, 'party_orgs', {
      community_id: c.id,
      id,
      parent_id: parent,
      kind,
      name,
      grid_id: grid === null ? null : c.gridIds[grid],
      founded_on: FOUNDED,
    })
    return id
  }
  const committee = org(
    'committee',
    f.isMain ? 'committee' : 'general_branch',
    `${f.name}${f.isMain ? '党委' : '党总支'}`,
    null,
    null,
  )
  // 双党委: the method 三化一制 has a 区域党委 beside the community's own.
  if (f.method === 'hongmen') org('area', 'area_committee', `${f.name}区域党委`, null, null)
  const branches = c.gridIds.map((_, g) =>
    org(`branch${g}`, 'branch', `第${'一二三四五六七八'[g]}网格党支部`, committee, g),
  )
  const groups: { id: string; grid: number }[] = []
  share(party.groups, branches.length).forEach((count, g) => {
    for (let n = 1; n <= count; n += 1) {
      groups.push({
        id: org(`group${g}.${n}`, 'group', `第${'一二三四五六七八'[g]}网格第${n}党小组`, at(branches, g), g),
        grid: g,
      })
    }
  })
  for (let n = 0; n < party.activityPoints; n += 1) {
    const group = at(groups, n % groups.length)
    const point = org(`point${n}`, 'activity_point', `党员家庭活动点${n + 1}`, group.id, group.grid)
    const home = c.buildings.filter((b) => b.grid === group.grid)
    add(c, 'party_org_places', {
      community_id: c.id,
      party_org_id: point,
      address: `${at(home, n % home.length).name}${(n % 5) + 1}01`,
    })
  }
  // 在职党员: a 联络片组 with two 联络小组 for each 片.
  const liaison = c.gridIds.map((_, g) => {
    const area = org(`area${g}`, 'liaison_area', `第${'一二三四五六七八'[g]}联络片组`, at(branches, g), g)
    return [1, 2].map((n) =>
      org(`liaison${g}.${n}`, 'liaison_group', `第${'一二三四五六七八'[g]}片第${n}联络小组`, area, g),
    )
  })

  const used = new Set(Object.values(c.demo).map((person) => person.id))
  const member = (fits: (p: Person) => boolean): Person => {
    const person = c.persons.find((p) => !used.has(p.id) && fits(p))
    if (!person) throw new Error(`${f.name}: nobody is left to be a party member.`)
    used.add(person.id)
    return person
  }
  const inGrid = branches.map(() => 0)
  const join = (person: Person, kind: string, exempt: string | null) => {
    const g = person.grid
    inGrid[g] = (inGrid[g] ?? 0) + 1
    const around =
      kind === 'in_service' ? (liaison[g] ?? []) : groups.filter((group) => group.grid === g).map(({ id }) => id)
    add(c, 'party_memberships', {
      community_id: c.id,
      id: keyed(c, 'party_membership', person.id),
      person_id: person.id,
      kind,
      party_org_id: at(branches, g),
      group_id: around.length > 0 ? at(around, (inGrid[g] ?? 0) % around.length) : null,
      home_unit: kind === 'in_service' ? rng.pick(HOME_UNITS) : null,
      valid_from: FOUNDED,
      valid_to: null,
    })
    if (exempt)
      add(c, 'party_exemptions', {
        community_id: c.id,
        id: keyed(c, 'party_exemption', person.id),
        person_id: person.id,
        reason: exempt,
        valid_from: FOUNDED,
        valid_to: null,
        decided_by: c.secretary.id,
      })
  }

  const managed: Person[] = []
  for (const person of [c.demo.managed_member, c.demo.branch_secretary]) if (person) managed.push(person)
  const onDuty = party.managed - party.exempt
  // Spread over the 片, so that each has its people.
  for (let n = managed.length; n < onDuty; n += 1)
    managed.push(
      member((p) => p.grid === n % branches.length && p.age >= 28 && p.age <= 74 && (p.age > 45 || n % 5 === 0)),
    )
  for (const person of managed) join(person, 'managed', null)
  for (let n = 0; n < party.exempt; n += 1)
    join(
      member((p) => p.age >= 75),
      'managed',
      n % 6 === 5 ? '长期患病' : '年满75周岁',
    )
  const inService = c.demo.in_service_member ? [c.demo.in_service_member] : []
  while (inService.length < party.inService) {
    const g = inService.length % branches.length
    inService.push(member((p) => p.grid === g && p.age >= 26 && p.age <= 58))
  }
  for (const person of inService) join(person, 'in_service', null)
  for (let n = 0; n < party.floating; n += 1)
    join(
      member((p) => p.age >= 20 && p.age <= 45),
      'floating',
      null,
    )

  // 亮身份: six in ten show their full name with the post.
  let extension = 0
  const filled = new Map<string, number>()
  const hold = (person: Person, post: string) => {
    const open = rng.chance(0.6) || person === c.demo.managed_member
    if (open && !openNames.has(person.id)) {
      openNames.add(person.id)
      add(c, 'consents', consent(c, person, 'publish_name'))
    }
    extension += 1
    const isService = post === 'service_post'
    // One after the other over the buildings of the 片, so that a post is held twice only where all are held.
    const building = c.buildings.filter((b) => b.grid === person.grid)
    const nth = filled.get(`${post}/${person.grid}`) ?? 0
    filled.set(`${post}/${person.grid}`, nth + 1)
    const groupsHere = liaison[person.grid] ?? []
    add(c, 'party_posts', {
      community_id: c.id,
      id: keyed(c, 'party_post', person.id, post),
      person_id: person.id,
      post,
      grid_id: c.gridIds[person.grid],
      building_id: post === 'grid_delegate' || isService ? null : at(building, nth % building.length).id,
      liaison_group_id: isService ? at(groupsHere, nth % groupsHere.length) : null,
      party_org_id: at(branches, person.grid),
      relay_phone: `${f.relay}-${700 + (extension % 100)}`,
      valid_from: '2026-01-01',
      valid_to: null,
    })
  }
  // More publicists and safety officers than buildings: a big building may have two.
  for (const post of ['publicist', 'safety_officer'])
    add(c, 'party_post_rules', { community_id: c.id, post, wanted: 1, at_most: 2 })
  const posts = POSTS.flatMap((post) => Array.from({ length: party.posts[post] }, () => post as string))
  if (posts.length !== managed.length)
    throw new Error(`${f.name}: ${posts.length} posts for ${managed.length} managed members on duty.`)
  const waiting = [...managed]
  const demoMember = c.demo.managed_member
  posts.forEach((post, n) => {
    // Every 片 its own, as far as there is somebody; the demo member is a 宣传员.
    let index = waiting.findIndex((p) => p.grid === n % branches.length && p !== demoMember)
    if (demoMember && post === 'publicist' && waiting.includes(demoMember)) index = waiting.indexOf(demoMember)
    else if (index < 0) index = waiting.findIndex((p) => p !== demoMember)
    const [person] = waiting.splice(index, 1)
    if (person) hold(person, post)
  })
  for (const person of inService.slice(0, party.servicePosts)) hold(person, 'service_post')

  const secretaries: Person[] = []
  branches.forEach((id, g) => {
    const secretary = (g === 0 && c.demo.branch_secretary) || managed.find((p) => p.grid === g && p !== demoMember)
    if (secretary) {
      grant(c, secretary, 'branch_secretary', 'party_org', id)
      secretaries[g] = secretary
      openAccount(c, secretary)
    }
    groups
      .filter((group) => group.grid === g)
      .forEach((group, n) => {
        const leader = managed.filter((p) => p.grid === g && p !== secretary && p !== demoMember)[n]
        if (!leader) return
        grant(c, leader, 'party_group_leader', 'party_org', group.id)
        openAccount(c, leader)
      })
  })
  stageParty(c, { managed, inService, secretaries })
}

const PLEDGES: readonly [text: string, target: string, note: string][] = [
  ['每周陪一位独居老人说说话', '12 次', '陪周奶奶晒了太阳，她很高兴'],
  ['每月清一次楼道杂物', '3 次', '三单元的旧纸箱清走了'],
  ['帮邻居讲清楚医保怎么办', '10 户', '给两户讲了网上怎么缴'],
  ['看好院里的消防通道', '每周巡一次', '巡了一圈，通道都空着'],
  ['周末教孩子们写毛笔字', '8 次', '来了五个孩子'],
]

/** 双报到 and 践诺 as they happen: reported, confirmed, pledged, told, settled; some wait for the secretary. */
function stageParty(
  c: Community,
  { managed, inService, secretaries }: { managed: Person[]; inService: Person[]; secretaries: Person[] },
): void {
  const rng = new Rng(`${c.figures.key}/party/acts`)
  const user = (person: Person) => {
    openAccount(c, person)
    return userOf(person)
  }
  const leads = (person: Person) => {
    const secretary = secretaries[person.grid]
    return secretary && secretary !== person ? user(secretary) : userOf(c.secretary)
  }
  const day = (n: number, time: string) => moment(addDays('2026-03-01', n), time)

  // Six in ten have reported in; the last two wait. The demo member has not yet.
  const reporting = inService.filter((p) => p !== c.demo.in_service_member).slice(0, Math.ceil(inService.length * 0.6))
  reporting.forEach((person, n) => {
    const waits = c.figures.isMain && n >= reporting.length - 2
    const when = waits ? moment('2026-11-27', n % 2 ? '19:20' : '20:05') : day(n % 60, '19:30')
    const checkin = emit(c, when, user(person), 'report_in', [person.id], {
      p_home_unit: rng.pick(HOME_UNITS),
      p_unit_phone: `${c.figures.relay}-6${String(n % 100).padStart(2, '0')}`,
      p_strengths: rng.pick(['会修电脑', '懂法律', '能教英语', '会开车', '周末有空']),
      p_consent_version: '2025.1',
    })
    if (!waits)
      emit(c, when + 86_400_000, leads(person), 'confirm_report_in', [person.id], {
        p_checkin_id: checkin,
        p_confirm: true,
      })
  })

  const pledging = managed.filter((p, n) => p === c.demo.managed_member || n % 5 === 2)
  pledging.forEach((person, n) => {
    const [text, target, note] = at(PLEDGES, n % PLEDGES.length)
    const isDemo = person === c.demo.managed_member
    const made = day(n % 40, '20:10')
    const pledge = emit(c, made, user(person), 'make_pledge', [person.id, 1], {
      p_text: text,
      p_target: target,
      p_due_on: n % 3 === 0 ? '2026-12-20' : '2026-09-30',
      p_is_shared: n % 2 === 0,
    })
    emit(c, made + 20 * 86_400_000, user(person), 'note_pledge', [person.id, 1], { p_pledge_id: pledge, p_text: note })
    if (n % 3 === 0 && !isDemo) return
    // Done early, done late, and one in seven not kept; two wait for the secretary.
    const waits = c.figures.isMain && n >= pledging.length - 2
    if (n % 7 !== 4)
      emit(
        c,
        waits ? moment('2026-11-26', '20:00') : made + 60 * 86_400_000,
        user(person),
        'note_pledge',
        [person.id, 2],
        {
          p_pledge_id: pledge,
          p_text: '做到了，请支部看看',
          p_is_done: true,
        },
      )
    if (!waits)
      emit(c, moment('2026-10-12', '09:30') + n * 60_000, leads(person), 'settle_pledge', [person.id], {
        p_pledge_id: pledge,
        p_kept: n % 7 !== 4,
        p_reason: n % 7 === 4 ? '住院了，没有做完，身体要紧' : '邻居都看到了',
      })
  })

  const demo = c.demo.managed_member
  if (demo) {
    emit(c, moment('2026-11-20', '20:00'), userOf(demo), 'make_pledge', ['demo'], {
      p_text: '每月把社区的新政策讲给楼里的老人听',
      p_target: '每月 1 次',
      p_due_on: '2027-06-30',
      p_is_shared: true,
    })
    emit(c, moment('2026-11-21', '20:00'), userOf(demo), 'issue_identity_card', ['demo'], {
      p_post_id: keyed(c, 'party_post', demo.id, 'publicist'),
      p_promise: '政策不清楚就问我，问到弄懂为止',
    })
  }
}

/** 楼栋长 (one for each entrance), resident representatives. */
export function makeResidentsPosts(c: Community): void {
  const used = new Set<string>(Object.values(c.demo).map((person) => person.id))
  const fits = (p: Person) => !used.has(p.id) && p.hasPhone && p.age >= 35 && p.age <= 74
  const entrances = c.rows.get('entrances') ?? []
  const gridOf = new Map(c.buildings.map((b) => [b.id, b.grid]))
  entrances.forEach((entrance, n) => {
    const building = entrance['building_id'] as string
    const person =
      (n === 0 && c.demo.building_head) || c.persons.find((p) => fits(p) && p.grid === gridOf.get(building))
    if (!person) throw new Error(`${c.figures.name}: no head for an entrance.`)
    used.add(person.id)
    grant(c, person, 'building_head', 'building', building)
  })
  for (let n = 0; n < c.figures.residentReps; n += 1) {
    const person = c.persons.find((p) => fits(p) && p.grid === n % c.gridIds.length)
    if (!person) throw new Error(`${c.figures.name}: no resident representative.`)
    used.add(person.id)
    grant(c, person, 'resident_rep')
  }
}

const SKILLS = ['摄影', '书法', '驾驶', '烹饪', '维修', '外语', '急救', '音乐', '讲故事', '电脑', '理发', '手工']
const AVAILABILITY = ['weekday_day', 'weekday_evening', 'weekend_day', 'weekend_evening', 'anytime']

/** 志愿联盟: volunteers with numbers, the corps, members, leaders, qualifications, minors with guardians. */
export function makeVolunteers(c: Community): void {
  const { figures: f } = c
  const { volunteers: v } = f
  const rng = new Rng(`${f.key}/volunteers`)
  const colors = COLORS.filter((color) => v.byColor[color])
  const count = colors.reduce((total, color) => total + (v.byColor[color] ?? 0), 0) + v.withoutColor

  const staff = new Set([
    c.secretary.id,
    ...c.gridWorkers.map((p) => p.id),
    ...(c.rows.get('staff_posts') ?? []).map((row) => row['person_id'] as string),
  ])
  const reserved = new Set(Object.values(c.demo).map((p) => p.id))
  const pool = rng.shuffle(c.persons.filter((p) => !staff.has(p.id) && !reserved.has(p.id)))
  const minors = pool.filter((p) => p.age >= 15 && p.age <= 17).slice(0, v.minors)
  const grown = pool.filter((p) => p.age >= 18 && p.age <= 78 && (p.age < 72 || p.hasPhone || rng.chance(0.3)))
  const faces = f.isMain
    ? [c.demo.corps_leader, c.demo.volunteer, c.demo.in_service_member, c.demo.managed_member].filter(
        (p) => p !== undefined,
      )
    : []
  const chosen = grown.slice(0, count - minors.length - faces.length)
  if (chosen.length + minors.length + faces.length !== count)
    throw new Error(`${f.name}: not enough people for ${count} volunteers.`)

  // Leaders first: two grown people with a phone for each colour, the demo leader in green.
  const wanted = new Map(colors.map((color) => [color, v.byColor[color] ?? 0]))
  const free = [...chosen]
  const members = new Map<string, Person[]>(colors.map((color) => [color, []]))
  for (const color of colors) {
    const corpsId = keyed(c, 'corps', color)
    const leaders: Person[] = color === 'green_eco' && c.demo.corps_leader ? [c.demo.corps_leader] : []
    while (leaders.length < 2) {
      const index = free.findIndex((p) => p.hasPhone && p.age >= 30 && p.age <= 68)
      if (index < 0) throw new Error(`${f.name}: no leader for ${color}.`)
      leaders.push(...free.splice(index, 1))
    }
    members.get(color)?.push(...leaders)
    c.corps.push({ id: corpsId, color, leaders })
    add(c, 'corps', {
      community_id: c.id,
      id: corpsId,
      color,
      name: CORPS[color].name,
      charter: CORPS[color].charter,
      relay_phone: `${f.relay}-6${String(COLORS.indexOf(color) + 1).padStart(2, '0')}`,
      founded_on: FOUNDED,
      closed_on: null,
    })
    for (const leader of leaders) {
      grant(c, leader, 'corps_leader', 'corps', corpsId)
      openAccount(c, leader)
    }
  }
  if (c.demo.volunteer) members.get('green_eco')?.push(c.demo.volunteer)
  if (c.demo.in_service_member && f.isMain) members.get('red_relief')?.push(c.demo.in_service_member)
  const rest = rng.shuffle([...free, ...minors])
  const patrolless = (p: Person) => p.age < 18
  for (const color of colors) {
    const list = members.get(color) ?? []
    while (list.length < (wanted.get(color) ?? 0)) {
      const index = rest.findIndex((p) => !(color === 'yellow_patrol' && patrolless(p)))
      const [person] = rest.splice(index < 0 ? 0 : index, 1)
      if (!person) throw new Error(`${f.name}: not enough members for ${color}.`)
      list.push(person)
    }
  }
  const colorless = [...rest, ...(c.demo.managed_member ? [c.demo.managed_member] : [])]
  const colorOf = new Map([...members].flatMap(([color, list]) => list.map((p) => [p.id, color] as const)))

  // Who serves: the leaders, the faces, then a share of every colour.
  const everyone = [...[...members.values()].flat(), ...colorless]
  const leaders = new Set(c.corps.flatMap((corps) => corps.leaders.map((p) => p.id)))
  const first = everyone.filter(
    (p) => leaders.has(p.id) || p === c.demo.volunteer || (f.isMain && p === c.demo.in_service_member),
  )
  const others = rng.shuffle(everyone.filter((p) => !first.includes(p)))
  c.active = [...first, ...others].slice(0, v.active)
  c.volunteers = everyone
  if (c.active.length !== v.active)
    throw new Error(`${f.name}: ${c.active.length} active volunteers instead of ${v.active}.`)

  const isActive = new Set(c.active.map((p) => p.id))
  const registered = everyone
    .map((person) => ({
      person,
      day: isActive.has(person.id) ? addDays('2025-09-01', rng.int(0, 60)) : addDays('2025-09-01', rng.int(0, 440)),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.person.id < b.person.id ? -1 : 1))
  registered.forEach(({ person, day }, n) => {
    const at9 = `${day}T09:00:00+08:00`
    add(c, 'volunteers', {
      community_id: c.id,
      id: person.id,
      volunteer_no: `V${String(n + 1).padStart(6, '0')}`,
      skills: rng.shuffle(SKILLS).slice(0, rng.int(0, 3)),
      availability: rng.shuffle(AVAILABILITY).slice(0, rng.int(1, 2)),
      status: 'active',
      registered_at: at9,
    })
    const helper = person.hasPhone ? undefined : at(c.gridWorkers, person.grid)
    add(c, 'consents', {
      ...consent(c, person, 'volunteer_record', helper ? 'helper' : 'self', helper),
      granted_at: at9,
    })
    const color = colorOf.get(person.id)
    if (color)
      add(c, 'corps_members', {
        community_id: c.id,
        id: keyed(c, 'corps_member', person.id),
        corps_id: keyed(c, 'corps', color),
        person_id: person.id,
        joined_on: day,
        left_on: null,
      })
    if (person.age < 18) {
      const parent = c.persons.find((p) => p.household === person.household && p.age >= 24)
      add(c, 'guardian_links', {
        community_id: c.id,
        id: keyed(c, 'guardian', person.id),
        minor_person_id: person.id,
        guardian_name: parent?.name ?? '监护人',
        guardian_phone: parent?.phone ?? '14400000000',
        consented_at: at9,
        recorded_by: c.secretary.id,
      })
      add(c, 'consents', { ...consent(c, person, 'guardian', 'guardian', c.secretary), granted_at: at9 })
    }
    if (isActive.has(person.id) && person.hasPhone) openAccount(c, person)
  })

  // Qualifications, some of them running out.
  const kinds: [string, string, number][] = [
    ['cyan_law', 'lawyer', 3],
    ['cyan_law', 'mediator', 4],
    ['blue_repair', 'electrician', 6],
    ['purple_health', 'nurse', 6],
    ['purple_health', 'doctor', 3],
    ['red_relief', 'first_aid', 5],
    ['orange_youth', 'teacher', 6],
  ]
  for (const [color, kind, most] of kinds) {
    const list = (members.get(color) ?? []).filter((p) => p.age >= 25)
    for (const [n, person] of list.slice(0, Math.min(most, Math.ceil(list.length / 3))).entries()) {
      add(c, 'qualifications', {
        community_id: c.id,
        id: keyed(c, 'qualification', person.id, kind),
        person_id: person.id,
        kind,
        valid_from: '2024-06-01',
        valid_to: n === 0 ? '2027-12-31' : n === 1 ? '2026-12-15' : null,
        verified_by: c.secretary.id,
      })
    }
  }
}

/** 代办 and care: elders without a phone and who may act for them. */
export function makeHelpers(c: Community): void {
  const link = (person: Person, helper: Person, relation = 'helper') => {
    add(c, 'helper_links', {
      community_id: c.id,
      id: keyed(c, 'helper', person.id, helper.id),
      person_id: person.id,
      helper_person_id: helper.id,
      relation,
      valid_from: FOUNDED,
      valid_to: null,
    })
    add(c, 'consents', consent(c, person, 'helper', relation === 'guardian' ? 'guardian' : 'paper', helper))
  }
  const elders = c.persons.filter((p) => p.age >= 75 && !p.hasPhone && !c.taken.has(p.id))
  const { resident, building_head: head } = c.demo
  const helped = new Set<string>()
  const next = (grid: number): Person | undefined => {
    const person = elders.find((p) => p.grid === grid && !helped.has(p.id))
    if (person) helped.add(person.id)
    return person
  }
  if (resident) {
    const mother = next(resident.grid)
    if (mother) {
      link(mother, resident)
      mother.household = resident.household
    }
  }
  if (head)
    for (let n = 0; n < 2; n += 1) {
      const neighbour = next(head.grid)
      if (neighbour) link(neighbour, head)
    }
  for (const worker of c.gridWorkers) {
    const elder = next(c.gridWorkers.indexOf(worker))
    if (elder) link(elder, worker)
  }
  elders.forEach((person, n) => {
    if (n % 2 === 0)
      add(c, 'care_tags', {
        community_id: c.id,
        id: keyed(c, 'care', person.id),
        person_id: person.id,
        tag: n % 4 === 0 ? 'lives_alone' : 'empty_nest',
        valid_from: '2026-01-05',
        valid_to: null,
        noted_by: at(c.gridWorkers, person.grid).id,
      })
  })
}
