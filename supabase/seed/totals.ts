import { CALENDAR_FIGURES } from './calendar.ts'
import type { SqlClient } from '../embedded/sql-client.ts'
import { boardPeople } from './boards.ts'
import { starsWanted } from './dossier.ts'
import { COLORS, POSTS } from './figures.ts'
import { sum } from './random.ts'
import { REWARD_FIGURES } from './rewards.ts'
import { type WishFigures, wishFigures } from './wishes.ts'
import type { Community } from './world.ts'

/** What the demo data claim to be, as a number in the database and the number it must be. */
interface Claim {
  what: string
  sql: string
  wanted: number
  /** For the figures that are agreed as "about". */
  tolerance?: number
}

const ON = "date '2026-11-28'"

function claimsOf(community: Community): Claim[] {
  const { figures: f, expected, corps } = community
  const all = (what: string, table: string, where: string, wanted: number): Claim => ({
    what,
    sql: `select count(*) from public.${table} t where t.community_id = $1 and ${where}`,
    wanted,
  })
  const age = 'private.age_on(p.birth_year, pp.birth_month, ' + ON + ')'
  const band = (what: string, from: number, to: number, wanted: number): Claim => ({
    what,
    sql: `select count(*) from public.persons p join public.person_private pp on pp.community_id = p.community_id and pp.person_id = p.id where p.community_id = $1 and ${age} between ${from} and ${to}`,
    wanted,
  })
  const { managed, inService, floating, exempt, groups, activityPoints, posts, servicePosts } = f.party
  const { deputies, lines, socialWorkers } = f.staff
  const volunteers = sum(Object.values(f.volunteers.byColor)) + f.volunteers.withoutColor
  const { serviceDay, march, patrols, others } = f.activities
  const inYear =
    "t.status in ('published', 'settled') and exists (select from public.shifts s where s.community_id = t.community_id and s.activity_id = t.id and private.day_of(s.starts_at) <= " +
    ON +
    ')'
  const ended =
    "exists (select from public.shifts s where s.community_id = t.community_id and s.id = t.shift_id and s.ends_at < timestamptz '2026-11-28T00:00:00Z')"
  const outcome = (status: string, percent: number): Claim => ({
    what: `percent of ended sign-ups ${status}`,
    sql: `select round(100.0 * count(*) filter (where t.status = '${status}') / greatest(count(*), 1)) from public.signups t where t.community_id = $1 and ${ended}`,
    wanted: percent,
    tolerance: f.isMain ? 1 : 25,
  })

  return [
    all('片', 'grids', 'true', f.households.length),
    all('小区', 'compounds', 'true', f.households.length * f.compoundsPerGrid),
    all('楼门', 'entrances', 'true', sum(f.entrances)),
    all('households', 'households', 'true', sum(f.households)),
    ...f.households.map((households, g): Claim => ({
      what: `households of 片 ${g + 1}`,
      sql: `select count(*) from public.households h join public.entrances e on e.community_id = h.community_id and e.id = h.entrance_id
        join public.grid_buildings b on b.community_id = e.community_id and b.building_id = e.building_id
        join public.grids g on g.community_id = b.community_id and g.id = b.grid_id where h.community_id = $1 and g.sort = ${g + 1}`,
      wanted: households,
    })),
    all('persons', 'persons', 'true', sum(f.ages)),
    band('persons aged 0–13', 0, 13, f.ages[0]),
    band('persons aged 14–17', 14, 17, f.ages[1]),
    band('persons aged 18–35', 18, 35, f.ages[2]),
    band('persons aged 36–59', 36, 59, f.ages[3]),
    band('persons aged 60–79', 60, 79, f.ages[4]),
    band('persons aged 80 and more', 80, 120, f.ages[5]),
    {
      what: 'households without a grown person',
      wanted: 0,
      sql: `select count(*) from public.households h where h.community_id = $1 and not exists (
        select from public.person_private pp join public.persons p on p.community_id = pp.community_id and p.id = pp.person_id
        where pp.community_id = h.community_id and pp.household_id = h.id and ${age} >= 18)`,
    },
    all('直管 party members', 'party_memberships', "t.kind = 'managed'", managed),
    all('在职 party members', 'party_memberships', "t.kind = 'in_service'", inService),
    all('流动 party members', 'party_memberships', "t.kind = 'floating'", floating),
    all('exempt party members', 'party_exemptions', 't.valid_to is null', exempt),
    all('party branches', 'party_orgs', "t.kind = 'branch'", f.households.length),
    all('party groups', 'party_orgs', "t.kind = 'group'", groups),
    all('party activity points', 'party_orgs', "t.kind = 'activity_point'", activityPoints),
    ...POSTS.map((post) => all(`posts ${post}`, 'party_posts', `t.post = '${post}'`, posts[post])),
    all('posts service_post', 'party_posts', "t.post = 'service_post'", servicePosts),
    all('duty logs', 'duty_logs', 'true', expected.duties),
    all('party meetings', 'party_meetings', 'true', expected.partyMeetings),
    all('party entries that are spendable', 'point_entries', "t.ruleset_code ~ '^PTY'", 0),
    {
      what: 'community workers',
      wanted: 1 + deputies + f.households.length + lines,
      sql: "select count(distinct t.person_id) from public.staff_posts t where t.community_id = $1 and t.title <> 'social_worker'",
    },
    all('social workers', 'staff_posts', "t.title = 'social_worker'", socialWorkers),
    all('片 with a worker today', 'grid_assignments', 't.valid_to is null', f.households.length),
    all('楼栋长', 'role_grants', "t.role = 'building_head'", sum(f.entrances)),
    all('resident representatives', 'role_grants', "t.role = 'resident_rep'", f.residentReps),
    all('corps', 'corps', 'true', corps.length),
    all('corps leaders', 'role_grants', "t.role = 'corps_leader'", corps.length * 2),
    all('volunteers', 'volunteers', 'true', volunteers),
    ...COLORS.map((color): Claim => ({
      what: `members of ${color}`,
      sql: `select count(*) from public.corps_members m join public.corps k on k.community_id = m.community_id and k.id = m.corps_id where m.community_id = $1 and k.color = '${color}'`,
      wanted: f.volunteers.byColor[color] ?? 0,
    })),
    {
      what: 'volunteers without a colour',
      wanted: f.volunteers.withoutColor,
      sql: 'select count(*) from public.volunteers v where v.community_id = $1 and not exists (select from public.corps_members m where m.community_id = v.community_id and m.person_id = v.id)',
    },
    {
      what: 'volunteers under 18, each with a consenting guardian',
      wanted: f.volunteers.minors,
      sql: `select count(*) from public.volunteers v join public.persons p on p.community_id = v.community_id and p.id = v.id
        join public.person_private pp on pp.community_id = v.community_id and pp.person_id = v.id where v.community_id = $1 and ${age} < 18
        and exists (select from public.guardian_links g where g.community_id = v.community_id and g.minor_person_id = v.id and g.consented_at is not null)`,
    },
    {
      what: 'volunteers who served this year',
      wanted: f.volunteers.active,
      tolerance: f.isMain ? 0 : 2,
      sql: 'select count(distinct t.person_id) from public.service_records t where t.community_id = $1',
    },
    // and yesterday's of the main community, where two forgot to check out
    all('activities of the year', 'activities', inYear, serviceDay + march + patrols + others + (f.isMain ? 1 : 0)),
    ...(f.isMain
      ? [
          all('calendar rules', 'calendar_rules', 'true', CALENDAR_FIGURES.rules),
          all('drafts of the next service day', 'calendar_drafts', 'true', CALENDAR_FIGURES.decemberDrafts),
          all('series', 'activity_series', 'true', CALENDAR_FIGURES.series),
          all('times of series', 'series_occurrences', 'true', CALENDAR_FIGURES.occurrences),
          all('trainings', 'trainings', 'true', CALENDAR_FIGURES.trainings),
          all('requests to join a corps', 'corps_applications', 'true', CALENDAR_FIGURES.applications),
          all(
            'qualifications to be checked',
            'qualifications',
            "t.status = 'submitted'",
            CALENDAR_FIGURES.waitingQualifications,
          ),
        ]
      : []),
    all('sign-ups', 'signups', 'true', expected.signups),
    outcome('attended', 80),
    outcome('late_cancelled', 2),
    outcome('excused', 9),
    outcome('cancelled', 5),
    outcome('no_show', 4),
    ...wishClaims(wishFigures(community)),
    ...rewardClaims(community),
    all('service records', 'service_records', 'true', expected.records),
    {
      what: 'minutes served',
      sql: 'select coalesce(sum(t.minutes), 0) from public.service_records t where t.community_id = $1',
      wanted: expected.minutes,
    },
    ...(f.isMain
      ? [
          all('disputes of points that wait', 'point_disputes', "t.status = 'open'", 1),
          all('points by hand that wait', 'point_corrections', "t.status = 'proposed'", 1),
          all('versions of the rules that wait', 'point_ruleset_drafts', "t.status = 'proposed'", 1),
        ]
      : []),
    {
      what: 'points given and taken',
      sql: "select coalesce(sum(t.amount), 0) from public.point_entries t where t.community_id = $1 and t.rule_code ~ '^[VD]' and t.rule_code <> 'V07'",
      wanted: expected.points,
    },
    {
      what: 'accounts that are not their entries, lots and holds',
      wanted: 0,
      sql: 'select count(*) from private.accounts_off($1)',
    },
    {
      what: 'places taken that are not live sign-ups',
      wanted: 0,
      sql: `select count(*) from public.shift_roles r where r.community_id = $1 and r.taken <> (
        select count(*) from public.signups g where g.community_id = r.community_id and g.shift_role_id = r.id and g.status in ('confirmed', 'offered', 'attended', 'no_show'))`,
    },
    ...starsWanted(community).map((wanted, n): Claim => ({
      what: `volunteers with ${n + 1} stars`,
      sql: `select count(*) from (select max(t.star) as star from public.star_grades t where t.community_id = $1 and t.lost_at is null group by t.person_id) x where x.star = ${n + 1}`,
      wanted,
    })),
    all(
      'people on the boards',
      'consents',
      "t.purpose = 'boards' and t.withdrawn_at is null",
      boardPeople(community).length,
    ),
    {
      what: 'places kept that are no unnamed places of a block',
      wanted: 0,
      sql: `select count(*) from public.shift_roles r where r.community_id = $1 and r.reserved <> (
        select coalesce(sum(b.places - b.filled), 0) from public.shift_blocks b
        where b.community_id = r.community_id and b.shift_role_id = r.id and b.released_at is null)`,
    },
    {
      what: 'broken links of the audit chain',
      wanted: 0,
      sql: 'select case when private.first_broken_audit_link($1) is null then 0 else 1 end',
    },
  ]
}

/** Wishes by how they stand at the reference moment; what lapses by time counts as what it is. */
function wishClaims(figures: WishFigures): Claim[] {
  const count = (what: string, wanted: number, where: string): Claim => ({
    what,
    wanted,
    sql: `select count(*) from public.wishes w where w.community_id = $1 and ${where}`,
  })
  const isExpired = "w.status = 'open' and w.expires_on < date '2026-11-28'"
  return [
    count('wishes realised', figures.realized, 'w.realized_at is not null'),
    count('wishes claimed', figures.claimed, "w.status in ('claimed', 'delivering')"),
    count('wishes open', figures.open, `w.status = 'open' and not (${isExpired})`),
    count('wishes in review', figures.reviewing, "w.status = 'reviewing'"),
    count('wishes returned', figures.returned, "w.status = 'returned'"),
    count('wishes expired', figures.expired, isExpired),
    count('wishes withdrawn', figures.withdrawn, "w.status = 'withdrawn'"),
  ]
}

function rewardClaims(c: Community): Claim[] {
  if (!c.figures.isMain) return []
  const { items, merchants, pickedUp, waiting, lapsed, cancelled, onHand } = REWARD_FIGURES
  const open = "o.status in ('placed', 'ready')"
  const orders = (what: string, wanted: number, where: string): Claim => ({
    what,
    wanted,
    sql: `select count(*) from public.reward_orders o where o.community_id = $1 and ${where}`,
  })
  return [
    { what: 'rewards', wanted: items, sql: 'select count(*) from public.reward_items i where i.community_id = $1' },
    { what: 'merchants', wanted: merchants, sql: 'select count(*) from public.merchants m where m.community_id = $1' },
    orders('orders handed over', pickedUp, "o.status = 'picked_up'"),
    orders('orders waiting', waiting, `${open} and o.lapses_at > timestamptz '2026-11-28T00:30:00Z'`),
    orders(
      'orders lapsed',
      lapsed,
      `(o.status = 'lapsed' or ${open} and o.lapses_at <= timestamptz '2026-11-28T00:30:00Z')`,
    ),
    orders('orders cancelled', cancelled, "o.status = 'cancelled'"),
    {
      what: 'pieces in store',
      wanted: onHand,
      sql: 'select sum(s.on_hand) from public.reward_stocks s where s.community_id = $1',
    },
    {
      what: 'stocks that are not the sum of their moves',
      wanted: 0,
      sql: `select count(*) from public.reward_stocks s where s.community_id = $1 and s.on_hand <> (
        select coalesce(sum(m.quantity), 0) from public.stock_moves m where m.community_id = s.community_id and m.item_id = s.item_id)`,
    },
  ]
}

/** The year's figures that demo.md gives as "about", for the full set of the main community. */
function yearClaims(c: Community): Claim[] {
  if (!c.figures.isMain || c.figures.volunteers.active < 600) return []
  const hours =
    '(select t.person_id, sum(t.minutes) / 60.0 as h from public.service_records t where t.community_id = $1 group by 1) x'
  return [
    {
      what: 'ended sign-ups of the year',
      wanted: 7400,
      tolerance: 370,
      sql: "select count(*) from public.signups g join public.shifts s on s.community_id = g.community_id and s.id = g.shift_id where g.community_id = $1 and s.ends_at < timestamptz '2026-11-28T00:00:00Z'",
    },
    { what: 'hours of the year', wanted: 11_800, tolerance: 590, sql: `select round(sum(h)) from ${hours}` },
    {
      what: 'median hours',
      wanted: 12,
      tolerance: 1,
      sql: `select round(percentile_cont(0.5) within group (order by h)) from ${hours}`,
    },
    {
      what: 'hours at the ninetieth percentile',
      wanted: 41,
      tolerance: 3,
      sql: `select round(percentile_cont(0.9) within group (order by h)) from ${hours}`,
    },
    {
      what: 'people with 20 hours and more',
      wanted: 196,
      tolerance: 15,
      sql: `select count(*) from ${hours} where h >= 20`,
    },
    { what: 'people over the cap of 210 hours', wanted: 0, sql: `select count(*) from ${hours} where h > 210` },
  ]
}

/** One appraisal of each step of the main community; what was granted in those that are over. */
function appraisalClaims(c: Community): Claim[] {
  if (!c.figures.isMain) return []
  const cycles = (what: string, status: string, wanted: number): Claim => ({
    what,
    wanted,
    sql: `select count(*) from public.appraisal_cycles t where t.community_id = $1 and t.status ${status}`,
  })
  return [
    cycles('appraisals sealed', "= 'archived'", 1),
    cycles('appraisals granted', "= 'confirmed'", 1),
    cycles('appraisals in their public notice', "in ('publicity', 'objections')", 1),
    cycles('appraisals that collect', "= 'collecting'", 2),
    { what: 'awards', wanted: 7, sql: 'select count(*) from public.awards t where t.community_id = $1' },
  ]
}

/** Counts everything that is claimed; throws one sentence with every figure that is off. */
export async function assertTotals(
  db: SqlClient,
  communities: Community[],
): Promise<Record<string, Record<string, number>>> {
  const totals: Record<string, Record<string, number>> = {}
  const off: string[] = []
  for (const community of communities) {
    const claims = [...claimsOf(community), ...yearClaims(community), ...appraisalClaims(community)]
    const [row] = await db.query<{ counted: (number | string)[] }>(
      `select to_json(array[${claims.map(({ sql }) => `(${sql.replaceAll('$1', `'${community.id}'::uuid`)})::numeric`).join(', ')}]) as counted`,
    )
    const counted: Record<string, number> = {}
    claims.forEach(({ what, wanted, tolerance = 0 }, i) => {
      const got = Number(row?.counted[i])
      counted[what] = got
      if (!(Math.abs(got - wanted) <= tolerance))
        off.push(`${community.figures.name} has ${got} ${what} instead of ${tolerance ? 'about ' : ''}${wanted}`)
    })
    totals[community.figures.name] = counted
  }
  if (off.length > 0) throw new Error(`The demo data do not come to what they claim: ${off.join('; ')}.`)
  return totals
}
