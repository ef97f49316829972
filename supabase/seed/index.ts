import { stageDossiers } from './dossier.ts'
import { randomBytes } from 'node:crypto'
import type { SqlClient } from '../embedded/sql-client.ts'
import { stageCalendar } from './calendar.ts'
import { type Figures, figuresOf, type Size } from './figures.ts'
import { castDemo, makeHelpers, makeParty, makeResidentsPosts, makeStaff, makeVolunteers } from './linkages.ts'
import { makePartyLife } from './party-life.ts'
import { makePersons, makePlaces, writePersons } from './people.ts'
import { stagePointsDesk } from './points.ts'
import { idOf, Rng, sum } from './random.ts'
import { closeWorkSchema, openWorkSchema, replay, WORK_SCHEMA } from './replay.ts'
import { demoUserId, giveFacesAccounts, INVITE_CODE, readInboxes, stageScenes } from './scenes.ts'
import { stageHours } from './hours.ts'
import { assertBeforeReference, expectedPoints, planService, planYear, replayShift } from './service.ts'
import { REFERENCE } from './time.ts'
import { assertTotals } from './totals.ts'
import { makeWishes } from './wishes.ts'
import { makeRewards } from './rewards.ts'
import { stageAppraisal } from './appraisal.ts'
import { stageBoards } from './boards.ts'
import { add, type Community, DEMO_ROLES, type DemoRole, type Row } from './world.ts'

export { INVITE_CODE } from './scenes.ts'
export { REFERENCE } from './time.ts'

export interface DemoAccount {
  role: string
  label: string
  email: string
  password: string
}

export interface SeedOptions {
  size: Size
  /** Of all demo accounts; made here when the caller has none. */
  password?: string | undefined
  log?: (step: string) => void
}

export interface Seeded {
  accounts: DemoAccount[]
  /** For whoever signs up anew and wants to join the main community. */
  invite: string
  /** Every figure that was checked, by community. */
  totals: Record<string, Record<string, number>>
}

const LABELS: Record<DemoRole, string> = {
  resident: '居民',
  volunteer: '志愿者',
  corps_leader: '队长',
  managed_member: '直管党员',
  in_service_member: '在职党员',
  branch_secretary: '支部书记',
  grid_worker: '网格员',
  building_head: '楼栋长',
  community_secretary: '社区书记',
  partner_contact: '共建单位',
  reward_clerk: '兑换员',
  street_admin: '街道管理员',
}
const EMAILS: Record<DemoRole, string> = {
  resident: 'resident',
  volunteer: 'volunteer',
  corps_leader: 'leader',
  managed_member: 'party',
  in_service_member: 'inservice',
  branch_secretary: 'branch',
  grid_worker: 'grid',
  building_head: 'building',
  community_secretary: 'secretary',
  partner_contact: 'partner',
  reward_clerk: 'clerk',
  street_admin: 'street',
}
/** Reserved by RFC 2606: no mail ever leaves for it. */
const MAIL = 'sanlian.example'

/**
 * Fills an empty, migrated database with the demo communities. The rows are the same on every machine but for the
 * accounts' password hashes. Places, people and posts go in as a roster would; what happens is replayed through the
 * commands, so that ledgers, hours and the audit chain are its consequences. Throws when a total is not what is claimed.
 *
 * It works in several transactions; a database left by a run that was cut off is emptied and filled anew.
 */
export async function seedDemo(
  client: SqlClient,
  { size, password = randomBytes(9).toString('base64url'), log = () => {} }: SeedOptions,
): Promise<Seeded> {
  if (await isDemoUnfinished(client)) {
    log('demo data: an unfinished set is cleared')
    await clearUnfinished(client)
  }
  const [{ communities: existing } = { communities: 0 }] = await client.query<{ communities: number }>(
    'select count(*)::int as communities from public.communities',
  )
  if (existing > 0) throw new Error('The demo data go into an empty database only; this one holds a community.')

  const communities = figuresOf(size).map(makeCommunity)
  const events = communities.flatMap((community) => community.events)
  log(`demo data: ${sum(communities.map((c) => c.persons.length))} people, ${events.length} events`)

  await client.transaction(async (tx) => {
    await openWorkSchema(tx)
    await writeStructure(tx, communities, password)
  })
  await client.exec('analyze')
  let shown = 0
  await replay(client, events, (done, of) => {
    const tenth = Math.floor((done * 10) / of)
    if (tenth > shown && of > 10_000) log(`demo data: ${done} of ${of} events`)
    shown = tenth
  })
  const totals = await client.transaction(async (tx) => {
    const counted = await assertTotals(tx, communities)
    // The members' code seeds are made for each installation, when a phone first asks.
    await tx.exec('delete from private.member_code_uses; delete from private.member_code_secrets')
    // What the demo's commands were hashed under is known to everybody who reads this; what comes now is not.
    await tx.exec('update private.audit_key set secret = extensions.gen_random_bytes(32)')
    await setClock(tx, REFERENCE)
    await closeWorkSchema(tx)
    return counted
  })
  await client.exec('analyze')
  return {
    accounts: DEMO_ROLES.map((role) => ({ role, label: LABELS[role], email: `${EMAILS[role]}@${MAIL}`, password })),
    invite: INVITE_CODE,
    totals,
  }
}

/** Whether a run of seedDemo on this database was cut off: only what it wrote is in it. */
export async function isDemoUnfinished(client: SqlClient): Promise<boolean> {
  const [row] = await client.query<{ unfinished: boolean }>(
    `select to_regnamespace('${WORK_SCHEMA}') is not null as unfinished`,
  )
  return row?.unfinished === true
}

/**
 * Demo time pauses while the installation is switched off: at each start it goes on from the last thing that happened,
 * at the earliest from the reference moment. Without demo data it does nothing.
 */
export async function rebaseDemoClock(client: SqlClient): Promise<void> {
  await client.query(
    `update private.demo_clock set ahead_by = greatest($1::text::timestamptz, (select max(l.at) from public.audit_logs l)) - now()
     where not exists (select from public.communities c where not c.is_demo)`,
    [REFERENCE],
  )
}

async function setClock(db: SqlClient, moment: string): Promise<void> {
  await db.query(
    'insert into private.demo_clock (singleton, ahead_by) values (true, $1::text::timestamptz - now()) on conflict (singleton) do update set ahead_by = excluded.ahead_by',
    [moment],
  )
}

function makeCommunity(figures: Figures): Community {
  const c: Community = {
    figures,
    id: idOf('community', figures.key),
    rows: new Map(),
    events: [],
    gridIds: [],
    buildings: [],
    persons: [],
    taken: new Set(),
    placeIds: [],
    corps: [],
    gridWorkers: [],
    formerGridWorkers: [],
    secretary: undefined as never,
    volunteers: [],
    active: [],
    demo: {},
    expected: { minutes: 0, points: 0, records: 0, signups: 0, duties: 0, partyMeetings: 0 },
  }
  const openNames = new Set<string>()
  makePlaces(c)
  makePersons(c)
  castDemo(c)
  giveFacesAccounts(c)
  makeStaff(c)
  makeParty(c, openNames)
  makeResidentsPosts(c)
  makeVolunteers(c)
  makeHelpers(c)
  writePersons(c, openNames)
  const shifts = planYear(c)
  planService(c, shifts)
  const rng = new Rng(`${figures.key}/replay`)
  for (const shift of shifts) replayShift(c, shift, rng)
  const points = expectedPoints(shifts)
  c.expected.points = sum([...points.values()])
  stageDossiers(c, shifts)
  stagePointsDesk(c, shifts)
  stageScenes(c)
  stageCalendar(c)
  makePartyLife(c)
  makeWishes(c)
  makeRewards(c, points)
  stageBoards(c)
  stageHours(c, shifts)
  stageAppraisal(c, shifts)
  readInboxes(c)
  assertBeforeReference(c)
  return c
}

/** Parents before children. */
const TABLES = [
  'compounds',
  'buildings',
  'entrances',
  'grids',
  'grid_buildings',
  'households',
  'places',
  'persons',
  'person_private',
  'accounts',
  'account_persons',
  'role_grants',
  'staff_posts',
  'grid_assignments',
  'party_orgs',
  'party_org_places',
  'party_memberships',
  'party_exemptions',
  'party_post_rules',
  'party_posts',
  'volunteers',
  'qualifications',
  'corps',
  'corps_members',
  'helper_links',
  'guardian_links',
  'care_tags',
  'consents',
  'invites',
]

async function writeStructure(db: SqlClient, communities: Community[], password: string): Promise<void> {
  // What a community gets on the day it is founded carries that day.
  await db.query("select set_config('sanlian.now', '2025-11-10T09:00:00+08:00', true)")
  const district = idOf('org', 'district')
  const street = idOf('org', 'street')
  await insert(db, 'public.org_units', [
    { id: district, parent_id: null, level: 'district', name: '示范市示例区', region_code: '990101000000' },
    { id: street, parent_id: district, level: 'street', name: '同心街道', region_code: '990101001000' },
    ...communities.map(({ figures: f }) => ({
      id: idOf('org', f.key),
      parent_id: street,
      level: 'community',
      name: f.name,
      region_code: f.regionCode,
    })),
  ])
  await insert(
    db,
    'public.communities',
    communities.map(({ id, figures: f }, n) => ({
      id,
      org_unit_id: idOf('org', f.key),
      name: f.name,
      address: f.address,
      relay_phone: `${f.relay}-800`,
      method_code: f.method,
      method_version: 1,
      settings: {},
      is_demo: true,
      created_at: `2025-11-0${n + 1}T08:00:00+08:00`,
    })),
  )
  await writeUsers(db, communities, password)
  for (const table of TABLES)
    await insert(
      db,
      `public.${table}`,
      communities.flatMap((c) => c.rows.get(table) ?? []),
    )
  await insert(
    db,
    'private.counters',
    communities.map((c) => ({ community_id: c.id, kind: 'volunteer', value: c.volunteers.length })),
  )
  for (const c of communities)
    await db.query('select private.install_rules_vol_2026_1($1::text::uuid, $2::text::uuid, $3::text::uuid)', [
      c.id,
      idOf(c.figures.key, 'ruleset'),
      c.secretary.id,
    ])
  await db.query("select set_config('sanlian.now', '', true)")
  await db.exec("update private.audit_key set secret = sha256(convert_to('demo', 'UTF8'))")
  // For the scans of the replay only; they are deleted when it is over.
  await db.exec(
    `insert into private.member_code_secrets (community_id, person_id, secret) select v.community_id, v.id, sha256(convert_to(v.id::text, 'UTF8')) from public.volunteers v`,
  )
}

/** Accounts: the demo ones with a password, the others' owners (fictional people) cannot sign in. */
async function writeUsers(db: SqlClient, communities: Community[], password: string): Promise<void> {
  const columns = new Set(
    (
      await db.query<{ name: string }>(
        "select column_name as name from information_schema.columns where table_schema = 'auth' and table_name = 'users'",
      )
    ).map((row) => row.name),
  )
  const [hash] = await db.query<{ crypted: string }>(
    "select extensions.crypt($1, extensions.gen_salt('bf', 8)) as crypted",
    [password],
  )
  const users = new Map<string, Row>()
  const user = (id: string, email: string, created: unknown, crypted: string): Row => ({
    instance_id: '00000000-0000-0000-0000-000000000000',
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    encrypted_password: crypted,
    email_confirmed_at: created,
    confirmation_token: '',
    recovery_token: '',
    email_change: '',
    email_change_token_new: '',
    email_change_token_current: '',
    reauthentication_token: '',
    raw_app_meta_data: { provider: 'email', providers: ['email'] },
    raw_user_meta_data: {},
    is_sso_user: false,
    is_anonymous: false,
    created_at: created,
    updated_at: created,
  })
  for (const role of DEMO_ROLES)
    users.set(
      demoUserId(role),
      user(demoUserId(role), `${EMAILS[role]}@${MAIL}`, '2025-11-03T09:00:00+08:00', hash?.crypted ?? ''),
    )
  const [main] = communities
  for (const c of communities) {
    for (const [n, person] of c.persons.entries()) {
      if (!person.userId) continue
      if (!users.has(person.userId))
        users.set(person.userId, user(person.userId, `${c.figures.key}.${n}@${MAIL}`, '2025-11-03T09:00:00+08:00', ''))
    }
    for (const account of c.rows.get('accounts') ?? []) {
      const id = account['user_id'] as string
      users.set(id, user(id, `asker.${users.size}@${MAIL}`, account['created_at'], ''))
    }
  }
  const rows = [...users.values()].map((row) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => columns.has(key))),
  )
  await insert(db, 'auth.users', rows)
  await insert(
    db,
    'auth.identities',
    DEMO_ROLES.map((role) => ({
      id: idOf('identity', role),
      provider: 'email',
      provider_id: demoUserId(role),
      user_id: demoUserId(role),
      identity_data: { sub: demoUserId(role), email: `${EMAILS[role]}@${MAIL}`, email_verified: true },
      created_at: '2025-11-03T09:00:00+08:00',
      updated_at: '2025-11-03T09:00:00+08:00',
    })),
  )

  const opened = new Set((main?.rows.get('accounts') ?? []).map((row) => row['user_id']))
  for (const c of communities) {
    for (const person of c.persons) {
      if (!person.userId || opened.has(person.userId)) continue
      opened.add(person.userId)
      add(c, 'accounts', {
        user_id: person.userId,
        birth_year: person.birthYear,
        birth_month: person.birthMonth,
        locale: 'zh-CN',
        terms_version: '2025.1',
        created_at: '2025-11-03T09:00:00+08:00',
      })
    }
  }
}

async function insert(db: SqlClient, table: string, rows: Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const odd = rows.find(
    (row) => Object.keys(row).length !== columns.length || columns.some((column) => !(column in row)),
  )
  if (odd) throw new Error(`The demo rows of ${table} differ in their columns: ${Object.keys(odd).join(', ')}.`)
  const list = columns.map((column) => `"${column}"`).join(', ')
  for (let from = 0; from < rows.length; from += 2000) {
    await db.query(
      `insert into ${table} (${list}) select ${list} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
      [JSON.stringify(rows.slice(from, from + 2000))],
    )
  }
}

/** Tables that the migrations fill. */
const KEPT = [
  'dictionaries',
  'work_calendar',
  'method_profiles',
  'setting_keys',
  'notice_kinds',
  'attachment_owners',
  'audit_key',
  'appraisal_kinds',
  'indicator_methods',
]

async function clearUnfinished(client: SqlClient): Promise<void> {
  await client.transaction(async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'private') and tablename <> all (string_to_array($1::text, ','))`,
      [KEPT.join(',')],
    )
    // The audit trail is never emptied, but for one that speaks of nothing but a half-made demo.
    await tx.exec('alter table public.audit_logs disable trigger user')
    await tx.exec(`truncate ${tables.map((table) => table.name).join(', ')}`)
    await tx.exec('alter table public.audit_logs enable trigger user')
    await tx.exec('delete from auth.users')
    await closeWorkSchema(tx)
  })
}
