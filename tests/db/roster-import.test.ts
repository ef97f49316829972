import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RosterKind } from '../../src/features/roster/fields'
import type { RosterRow } from '../../src/features/roster/rules'
import { BATCH_SIZE, guessMapping, toRow, toSheet } from '../../src/features/roster/rules'
import { newId } from '../../src/lib/id'
import type { SqlClient } from '../../supabase/embedded/sql-client'
import { makeCommunity, makeMember, type OfficeMember } from '../factories/office'
import { residentFile } from '../factories/roster'
import { as, refusalOf } from '../support/as'
import { createDatabase, type TestDatabase } from '../support/postgres'

interface Outcome {
  row_no: number
  outcome: 'imported' | 'unchanged' | 'updated' | 'rejected'
  reasons: { field: string; reason: string; params: Record<string, unknown> }[]
  hints: { field: string; reason: string }[]
}
type NumberedRow = RosterRow & { row_no: number }

let database: TestDatabase
let db: SqlClient
let community: string
let secretary: OfficeMember
beforeAll(async () => {
  database = await createDatabase()
  db = database.client
})
afterAll(() => database.drop())
beforeEach(async () => {
  community = await makeCommunity(db)
  secretary = await makeMember(db, community, { role: 'community_secretary', name: '赵书记' })
})

const HASH = createHash('sha256').update('roster').digest('hex')

function call<T>(who: OfficeMember, name: string, ...args: unknown[]): Promise<T> {
  return as(db, who.persona, async (tx) => {
    const [row] = await tx.query<{ value: T }>(
      `select public.${name}(${args.map((_, i) => `$${i + 1}`).join(', ')}) as value`,
      args,
    )
    return row!.value
  })
}

async function send(
  kind: RosterKind,
  rows: NumberedRow[],
  { who = secretary, options = { paper_consent: true } as object } = {},
) {
  const id = newId()
  await call(who, 'begin_roster_import', community, id, kind, '名册.xlsx', HASH, rows.length, options)
  const outcomes: Outcome[] = []
  for (let at = 0; at < rows.length; at += BATCH_SIZE) {
    const answer = await call<{ rows: Outcome[] }>(
      who,
      'import_roster_rows',
      community,
      newId(),
      id,
      rows.slice(at, at + BATCH_SIZE),
    )
    outcomes.push(...answer.rows)
  }
  const counts = await call<Record<string, number>>(who, 'finish_roster_import', community, newId(), id)
  return { id, outcomes, counts }
}

const numbered = (rows: RosterRow[]): NumberedRow[] => rows.map((row, i) => ({ row_no: i + 2, ...row }))
const one = async (kind: RosterKind, row: RosterRow) => (await send(kind, numbered([row]))).outcomes[0]!
const reasonsOf = (outcome: Outcome) => outcome.reasons.map((r) => `${r.field}: ${r.reason}`)
async function count(table: string, where = 'true') {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::int as n from public.${table} where community_id = $1 and ${where}`,
    [community],
  )
  return row!.n
}

/** The 3,000-row file as the screen sends it. */
function fileRows(options: Parameters<typeof residentFile>[0] = {}) {
  const file = residentFile(options)
  const sheet = toSheet('居民', [file.headers, ...file.rows])!
  const mapping = guessMapping(sheet.headers, 'residents')
  return { file, rows: sheet.rows.map((cells, i) => ({ row_no: sheet.rowNumbers[i]!, ...toRow(cells, mapping) })) }
}

describe('a file of 3,000 residents with 37 bad rows of ten kinds', () => {
  test('gives 2,963 persons and 37 named reasons, and nobody more when it is sent again', async () => {
    const { file, rows } = fileRows()
    const before = await count('persons')
    const first = await send('residents', rows)
    expect(first.counts).toMatchObject({ imported: 2963, rejected: 37, updated: 0, unchanged: 0 })
    expect(await count('persons')).toBe(before + 2963)
    const refused = first.outcomes
      .filter((o) => o.outcome === 'rejected')
      .map((o) => ({ rowNo: o.row_no, field: o.reasons[0]!.field, reason: o.reasons[0]!.reason }))
    expect(refused).toEqual(file.bad)
    expect(new Set(file.bad.map((b) => `${b.field} ${b.reason}`)).size).toBe(10)

    const again = await send('residents', rows)
    expect(again.counts).toMatchObject({ imported: 0, rejected: 37, updated: 0, unchanged: 2963 })
    expect(await count('persons')).toBe(before + 2963)
    expect(await count('buildings')).toBe(50)
    expect(await count('grids')).toBe(8)

    const [kept] = await db.query<{ n: number; cards: number }>(
      `select count(*) filter (where raw is not null)::int as n, count(*) filter (where raw::text ~ '99010119650308')::int as cards
       from public.roster_import_rows where community_id = $1 and import_id = $2`,
      [community, first.id],
    )
    expect(kept).toEqual({ n: 37, cards: 0 })
    const [rare] = await db.query<{ n: number }>(
      `select count(distinct real_name)::int as n from public.person_private where community_id = $1 and real_name in ('𠮷野文', '䶮小明', '阿依努尔·买买提')`,
      [community],
    )
    expect(rare!.n).toBe(3)
    const [chain] = await db.query<{ broken: number | null }>('select private.first_broken_audit_link($1) as broken', [
      community,
    ])
    expect(chain!.broken).toBeNull()
  })

  test('sent by two people at once adds each person once', async () => {
    const { rows } = fileRows({ rows: 1000, bad: false })
    const other = await makeMember(db, community, { role: 'community_worker', name: '钱社工' })
    const before = await count('persons')
    const [a, b] = await Promise.all([send('residents', rows), send('residents', rows, { who: other })])
    expect(a.counts['imported']! + b.counts['imported']!).toBe(1000)
    expect(a.counts['unchanged']! + b.counts['unchanged']!).toBe(1000)
    expect(await count('persons')).toBe(before + 1000)
    expect(await count('buildings')).toBe(17)
  })
})

describe('one row', () => {
  const GOOD: RosterRow = {
    name: '孙安',
    phone: '19912340001',
    birth: '1965-03',
    compound: '梧桐苑',
    building: '3号楼',
    entrance: '1单元',
    door: '502',
  }

  test.each<[string, RosterRow, string[]]>([
    ['is good', GOOD, []],
    ['has no name', { ...GOOD, name: '' }, ['name: field_required']],
    ['has a name of 51 characters', { ...GOOD, name: '长'.repeat(51) }, ['name: field_too_long']],
    ['has control characters', { ...GOOD, door: '5\u000102' }, ['door: field_has_control_characters']],
    ['was born before 1900', { ...GOOD, birth: '1899-12' }, ['birth: birth_before_1900']],
    ['has an ID-card number in the door column', { ...GOOD, door: '990101196503081234' }, ['door: id_card_refused']],
    [
      'has an ID-card number in full-width digits',
      { ...GOOD, phone: '９９０１０１１９６５０３０８１２３４' },
      ['phone: id_card_refused'],
    ],
    [
      'has several faults',
      { name: '王2', phone: '1', birth: 'x', door: '1' },
      ['birth: birth_invalid', 'building: building_missing', 'name: name_invalid', 'phone: phone_invalid'],
    ],
  ])('of a resident that %s', async (_, row, reasons) => {
    const outcome = await one('residents', row)
    expect(reasonsOf(outcome).sort()).toEqual(reasons)
    expect(outcome.outcome).toBe(reasons.length ? 'rejected' : 'imported')
  })

  test.each<[string, RosterRow, string[]]>([
    ['is under 14', { birth: '2015-01' }, ['birth: under_fourteen']],
    ['is 15 without a guardian', { birth: '2011-01' }, ['guardian_name: guardian_required']],
    ['is 15 with a guardian', { birth: '2011-01', guardian_name: '孙文', guardian_phone: '19912340099' }, []],
    ['names an unknown colour', { corps: '黑色' }, ['corps: code_unknown']],
    ['names a corps that is not there', { corps: 'green_eco' }, ['corps: corps_unknown']],
    ['has a time nobody knows', { availability: '半夜' }, ['availability: code_unknown']],
  ])('of a volunteer that %s', async (_, row, reasons) => {
    expect(reasonsOf(await one('volunteers', { ...GOOD, ...row }))).toEqual(reasons)
  })

  test.each<[string, RosterRow, string[]]>([
    ['has no kind', { party_kind: '' }, ['party_kind: field_required']],
    ['has an unknown kind', { party_kind: '预备' }, ['party_kind: code_unknown']],
    ['has an unknown post', { post: '队长' }, ['post: code_unknown']],
    ['is 17', { birth: '2009-12' }, ['birth: party_member_under_18']],
    ['is good', { party_org: '第一网格党支部', post: 'service_post' }, []],
  ])('of a party member that %s', async (_, row, reasons) => {
    expect(reasonsOf(await one('party_members', { ...GOOD, party_kind: 'managed', ...row }))).toEqual(reasons)
  })

  test.each<[string, RosterRow, string[]]>([
    ['has no relay number', { relay_phone: '' }, ['relay_phone: relay_phone_required']],
    [
      'gives the private phone as relay number',
      { relay_phone: '19912340001' },
      ['relay_phone: relay_phone_is_private'],
    ],
    ['is a line worker without a line', { title: 'line_worker' }, ['business_line: line_required']],
    ['has an unknown title', { title: '总管' }, ['title: code_unknown']],
    ['has no date where a date should be', { from: '去年' }, ['from: date_invalid']],
    ['can be told from nobody', { phone: '', birth: '' }, ['phone: identity_missing']],
    ['is good', {}, []],
  ])('of a staff member that %s', async (_, row, reasons) => {
    const { phone, name } = GOOD
    expect(
      reasonsOf(
        await one('staff', {
          name,
          phone,
          title: 'grid_worker',
          relay_phone: '028-55550001',
          grid: '第1片',
          from: '2026-01-01',
          ...row,
        }),
      ),
    ).toEqual(reasons)
  })

  test('names a grid that is not there, once there are grids', async () => {
    await one('residents', { ...GOOD, grid: '第1片' })
    expect(reasonsOf(await one('residents', { ...GOOD, name: '李四', phone: '19912340002', grid: '第9片' }))).toEqual([
      'grid: grid_unknown',
    ])
    const { outcomes } = await send(
      'residents',
      numbered([{ ...GOOD, name: '李四', phone: '19912340002', grid: '第9片' }]),
      { options: { creates_grids: true } },
    )
    expect(outcomes[0]!.outcome).toBe('imported')
  })

  test('shares a phone with another name: taken in, with a hint', async () => {
    await one('residents', GOOD)
    const outcome = await one('residents', { ...GOOD, name: '孙老太', birth: '1938-01' })
    expect(outcome.outcome).toBe('imported')
    expect(outcome.hints.map((h) => h.reason)).toEqual(['phone_of_other_name'])
  })
})

describe('natural keys', () => {
  const BASE: RosterRow = {
    name: '周明',
    birth: '1950-06',
    compound: '梧桐苑',
    building: '2栋',
    entrance: '2',
    door: '301',
  }

  test('a person without a phone is known by name, birth and household, however the address is spelt', async () => {
    await one('residents', BASE)
    expect((await one('residents', { ...BASE, building: '２号楼', entrance: '2单元', door: '301室' })).outcome).toBe(
      'unchanged',
    )
    expect((await one('residents', { ...BASE, door: '302' })).outcome).toBe('imported')
    expect(await count('buildings')).toBe(1)
  })

  test('a phone that comes later is added, and nobody is doubled', async () => {
    await one('residents', BASE)
    expect((await one('residents', { ...BASE, phone: '19912340003' })).outcome).toBe('updated')
    expect((await one('volunteers', { name: '周明', phone: '199-1234-0003', birth: '1950-06' })).outcome).toBe(
      'imported',
    )
    expect(await count('persons', `display_name = '周*'`)).toBe(1)
  })

  test('an empty cell erases nothing', async () => {
    await one('residents', { ...BASE, phone: '19912340004', grid: '1片' })
    expect((await one('residents', { name: '周明', birth: '1950-06', phone: '19912340004' })).outcome).toBe('unchanged')
    expect(await count('person_private', `phone = '19912340004' and household_id is not null`)).toBe(1)
  })

  test('two that fit are told apart by a human', async () => {
    await send('residents', numbered([BASE, { ...BASE, door: '402' }]))
    expect(reasonsOf(await one('volunteers', { name: '周明', birth: '1950-06' }))).toEqual(['name: person_ambiguous'])
  })

  test('what a person with an account says of oneself stands', async () => {
    const self = await makeMember(db, community, { name: '吴本人' })
    await db.query('update public.person_private set phone = $3 where community_id = $1 and person_id = $2', [
      community,
      self.personId,
      '19912340005',
    ])
    const outcome = await one('residents', {
      name: '吴本人',
      phone: '19912340005',
      birth: '1970-01',
      compound: '梧桐苑',
      building: '1',
      door: '1',
    })
    expect(outcome).toMatchObject({ outcome: 'updated', hints: [{ field: 'birth', reason: 'own_data_kept' }] })
    expect(await count('persons', `id = '${self.personId}' and birth_year = 1980`)).toBe(1)
  })
})

describe('volunteers, party members, staff', () => {
  test('volunteers join corps that are made on the way, and come back unchanged', async () => {
    const rows = numbered([
      { name: '郑一', phone: '19912341001', birth: '1990-01', corps: 'green_eco、purple_health', skills: '电工、书法' },
      { name: '郑二', phone: '19912341002', birth: '1991-01', corps: 'green_eco' },
    ])
    const options = {
      paper_consent: true,
      corps_names: { green_eco: '绿色生态环保队', purple_health: '紫色卫生保健队' },
    }
    expect((await send('volunteers', rows, { options })).counts).toMatchObject({ imported: 2 })
    expect(await count('corps')).toBe(2)
    expect(await count('corps_members')).toBe(3)
    expect(await count('consents', `purpose = 'volunteer_record' and given_via = 'paper'`)).toBe(2)
    expect((await send('volunteers', rows, { options })).counts).toMatchObject({ unchanged: 2 })
  })

  test('who has left is not brought back by an old list', async () => {
    const row = { name: '郑三', phone: '19912341003', birth: '1990-01' }
    await one('volunteers', row)
    await db.query(`update public.volunteers set status = 'left' where community_id = $1`, [community])
    expect(await one('volunteers', row)).toMatchObject({
      outcome: 'unchanged',
      hints: [{ reason: 'volunteer_has_left' }],
    })
    expect(await count('volunteers', `status = 'left'`)).toBe(1)
  })

  test('a party member of another branch keeps the dates of the former one', async () => {
    const row: RosterRow = {
      name: '王党员',
      phone: '19912342001',
      birth: '1970-01',
      party_kind: 'managed',
      party_org: '第一党支部',
      post: 'hygienist',
      from: '2024-07-01',
    }
    await one('party_members', row)
    expect((await one('party_members', row)).outcome).toBe('unchanged')
    expect((await one('party_members', { ...row, party_org: '第二党支部', from: '2026-03-01' })).outcome).toBe(
      'updated',
    )
    const dates = await db.query(
      `select m.valid_from, m.valid_to, o.name from public.party_memberships m join public.party_orgs o using (community_id) where o.id = m.party_org_id and m.community_id = $1 order by 1`,
      [community],
    )
    expect(dates).toEqual([
      { valid_from: '2024-07-01', valid_to: '2026-02-28', name: '第一党支部' },
      { valid_from: '2026-03-01', valid_to: null, name: '第二党支部' },
    ])
    // A post belongs to its branch: the one there is handed back, the row names one here.
    expect(await count('party_posts', `valid_to = '2026-02-28'`)).toBe(1)
    expect(await count('party_posts', 'valid_to is null')).toBe(1)
  })

  const STAFF: RosterRow = {
    name: '冯片长',
    phone: '19912343001',
    title: 'grid_worker',
    business_line: 'civil_affairs',
    relay_phone: '028-55550001',
    grid: '第1片、第2片',
    from: '2025-01-01',
  }

  test('staff get their post, grids and roles with dates; a grid is handed over on a day', async () => {
    expect((await one('staff', STAFF)).outcome).toBe('imported')
    expect(await count('grid_assignments', 'valid_to is null')).toBe(2)
    expect(await count('role_grants', `role = 'grid_worker' and valid_to is null`)).toBe(2)
    expect((await one('staff', STAFF)).outcome).toBe('unchanged')

    const next: RosterRow = {
      ...STAFF,
      name: '陈新人',
      phone: '19912343002',
      grid: '第2片',
      relay_phone: '028-55550002',
    }
    expect(reasonsOf(await one('staff', next))).toEqual(['grid: grid_assignment_overlaps'])
    expect(await count('staff_posts')).toBe(1)
    expect((await one('staff', { ...next, from: '2026-06-01' })).outcome).toBe('imported')
    expect(await count('grid_assignments', `valid_to = '2026-05-31'`)).toBe(1)
  })

  test('another title ends the former post, and the grids go along', async () => {
    await one('staff', STAFF)
    expect((await one('staff', { ...STAFF, title: 'deputy_director', from: '2026-05-01' })).outcome).toBe('imported')
    const posts = await db.query(
      'select title, valid_to from public.staff_posts where community_id = $1 order by valid_from',
      [community],
    )
    expect(posts).toEqual([
      { title: 'grid_worker', valid_to: '2026-04-30' },
      { title: 'deputy_director', valid_to: null },
    ])
    expect(
      await count(
        'grid_assignments',
        `valid_to is null and staff_post_id in (select id from public.staff_posts where title = 'deputy_director')`,
      ),
    ).toBe(2)
    expect(await count('role_grants', `role = 'community_worker'`)).toBe(1)
  })

  test('a spreadsheet never makes a secretary', async () => {
    expect(
      (await one('staff', { ...STAFF, title: 'community_secretary', grid: '' })).hints.map((h) => h.reason),
    ).toEqual(['secretary_role_by_hand'])
    expect(await count('role_grants', `role = 'community_secretary'`)).toBe(1)
  })
})

describe('who may, and what is refused', () => {
  const ROW = numbered([{ name: '孙安', phone: '19912340001', birth: '1965-03' }])
  const slug = async (run: Promise<unknown>) => (await refusalOf(run))?.slug

  test('the office of another community is refused, and sees nothing', async () => {
    const { id } = await send('residents', ROW)
    const elsewhere = await makeCommunity(db)
    const stranger = await makeMember(db, elsewhere, { role: 'community_secretary' })
    expect(await slug(call(stranger, 'begin_roster_import', community, newId(), 'residents', 'x', HASH, 1))).toBe(
      'not_a_member',
    )
    expect(await slug(call(stranger, 'import_roster_rows', elsewhere, newId(), id, ROW))).toBe('import_unknown')
    expect(await slug(call(stranger, 'discard_import_rows', elsewhere, newId(), id))).toBe('import_unknown')
    expect(await as(db, stranger.persona, (tx) => tx.query('select * from public.roster_imports'))).toEqual([])
    expect(await as(db, stranger.persona, (tx) => tx.query('select * from public.roster_import_rows'))).toEqual([])
    expect(await as(db, secretary.persona, (tx) => tx.query('select * from public.roster_imports'))).toHaveLength(1)
  })

  test('a resident is refused, a community worker may import all but staff', async () => {
    const resident = await makeMember(db, community)
    const worker = await makeMember(db, community, { role: 'community_worker' })
    expect(await slug(send('residents', ROW, { who: resident }))).toBe('not_allowed')
    expect(await slug(send('staff', ROW, { who: worker }))).toBe('not_allowed')
    expect(await slug(send('residents', ROW, { who: worker }))).toBeUndefined()
    const { id } = await send('residents', ROW)
    expect(await slug(call(resident, 'import_roster_rows', community, newId(), id, ROW))).toBe('not_allowed')
    expect(await slug(call(resident, 'finish_roster_import', community, newId(), id))).toBe('not_allowed')
  })

  test('bad arguments', async () => {
    const begin = (...args: unknown[]) => slug(call(secretary, 'begin_roster_import', community, newId(), ...args))
    expect(await begin('pets', 'x', HASH, 1)).toBe('field_invalid')
    expect(await begin('residents', 'x', 'nothash', 1)).toBe('field_invalid')
    expect(await begin('residents', 'x', HASH, 0)).toBe('field_invalid')
    expect(await begin('residents', '  ', HASH, 1)).toBe('field_required')
    expect(await begin('residents', 'x', HASH, 1, [])).toBe('field_invalid')
    expect(await begin('residents', 'x', HASH, 1, { paper_consent: 'yes' })).toBe('field_invalid')
    expect(await begin('volunteers', 'x', HASH, 1)).toBe('paper_consent_required')
    expect(await begin('volunteers', 'x', HASH, 1, { paper_consent: true, corps_names: { pink: 'x' } })).toBe(
      'code_unknown',
    )

    const id = newId()
    await call(secretary, 'begin_roster_import', community, id, 'residents', 'x', HASH, 2)
    const rows = (value: unknown) => slug(call(secretary, 'import_roster_rows', community, newId(), id, value))
    expect(await rows({})).toBe('field_invalid')
    expect(await rows([])).toBe('too_many_rows')
    expect(await rows(Array.from({ length: 501 }, (_, i) => ({ row_no: i + 1 })))).toBe('too_many_rows')
    expect(await rows([{ name: '王一' }])).toBe('field_invalid')
    expect(await rows([{ row_no: -1 }])).toBe('field_invalid')
    expect(await rows(['x'])).toBe('field_invalid')
    expect(await rows([1, 2, 3].map((row_no) => ({ row_no })))).toBe('too_many_rows')
    await call(secretary, 'finish_roster_import', community, newId(), id)
    expect(await rows(ROW)).toBe('import_finished')
  })

  test('the same batch sent again is answered, not repeated; so is a row number under another id', async () => {
    const id = newId()
    const batch = newId()
    await call(secretary, 'begin_roster_import', community, id, 'residents', 'x', HASH, 1)
    const first = await call(secretary, 'import_roster_rows', community, batch, id, ROW)
    expect(await call(secretary, 'import_roster_rows', community, batch, id, ROW)).toEqual(first)
    expect(await call(secretary, 'import_roster_rows', community, newId(), id, ROW)).toEqual(first)
    expect(await slug(call(secretary, 'import_roster_rows', community, batch, id, numbered([{ name: '别人' }])))).toBe(
      'id_reused',
    )
  })

  test('the kept text of bad rows can be discarded; the reasons stay', async () => {
    const { id } = await send('residents', numbered([{ name: '王2', birth: '1965-03' }]))
    expect(await count('roster_import_rows', `raw ->> 'name' = '王2'`)).toBe(1)
    await call(secretary, 'discard_import_rows', community, newId(), id)
    expect(await count('roster_import_rows', `raw is null and reasons @> '[{"reason":"name_invalid"}]'`)).toBe(1)
  })
})
