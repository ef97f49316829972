import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../support/postgres'
import { loadWorld } from '../factories/world'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase()
  await loadWorld(database.client)
  await database.client.exec(SETUP)
}, 60_000)
afterAll(() => database.drop())

/**
 * Random acts of a branch on six members and four posts, and of the party office on memberships; each is allowed or
 * refused in words. It runs in the database, so that a thousand acts cost no round trips.
 */
const SETUP = `
insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
  select tests.a(), gen_random_uuid(), tests.id(x), 'managed', tests.id('party org'), '2020-01-01'
  from unnest(array['volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader']) x;
insert into public.party_orgs (community_id, id, kind, name, grid_id) values (tests.a(), tests.id('second'), 'branch', '二片支部', tests.id('grid2'));

create function tests.random_acts(p_seed float, p_acts int) returns jsonb language plpgsql as $$
declare
  v_who text;
  v_post text;
  v_day date;
  v_old uuid;
  v_said text;
  v_counts jsonb := '{}';
  v_kind text;
begin
  perform setseed(p_seed);
  for i in 1..p_acts loop
    perform tests.at(to_char(timestamp '2026-01-01 09:00' + make_interval(days => (i * 700 / p_acts)), 'YYYY-MM-DD HH24:MI'));
    v_who := (array['party', 'volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader'])[1 + floor(random() * 6)];
    v_post := (array['publicist', 'hygienist', 'grid_delegate', 'mediator'])[1 + floor(random() * 4)];
    v_day := private.today() + floor(random() * 120)::int - 40;
    select o.id into v_old from public.party_posts o where o.community_id = tests.a() and o.post = v_post order by random() limit 1;
    if random() < 0.35 then v_kind := 'assign';
      v_said := tests.run('branch', format('select assign_post(tests.a(), tests.new(), %L, %L, %L, %L, null, %L)', tests.id(v_who), v_post, tests.id('grid1'),
        case when v_post in ('publicist', 'hygienist') then tests.id('building') end, v_day));
    elsif random() < 0.4 then v_kind := 'hand over';
      v_said := tests.run('branch', format('select assign_post(tests.a(), tests.new(), %L, %L, null, null, null, %L, null, %L)', tests.id(v_who), v_post, v_day, v_old));
    elsif random() < 0.5 then v_kind := 'end';
      v_said := tests.run('branch', format('select end_post(tests.a(), tests.new(), %L, %L)', v_old, v_day));
    else v_kind := 'move';
      v_said := tests.run('secretary', format('select move_party_member(tests.a(), tests.new(), %L, %L, %L, null, null, %L)', tests.id(v_who),
        (array['managed', 'managed', 'managed', 'floating'])[1 + floor(random() * 4)], (array[tests.id('party org'), tests.id('party org'), tests.id('second')])[1 + floor(random() * 3)],
        private.today() - floor(random() * 20)::int));
    end if;
    if v_said not like 'ok' and v_said not similar to '4(00|03|04|09|22) [a-z_]+' then raise exception '% said %', v_kind, v_said; end if;
    v_counts := jsonb_set(v_counts, array[v_kind || ': ' || case when v_said = 'ok' then 'ok' else 'refused' end],
      to_jsonb(coalesce((v_counts ->> (v_kind || ': ' || case when v_said = 'ok' then 'ok' else 'refused' end))::int, 0) + 1));
  end loop;
  return v_counts;
end $$;
`

test('a post history never overlaps and a membership history has neither gap nor overlap, whatever is done', async () => {
  const { client } = database
  const totals: Record<string, number> = {}
  for (const seed of [0.1, 0.42]) {
    const [row] = await client.query<{ counts: Record<string, number> }>(
      'select tests.random_acts($1, 300) as counts',
      [seed],
    )
    for (const [what, n] of Object.entries(row!.counts)) totals[what] = (totals[what] ?? 0) + n
  }
  // Every kind of act was done and was refused: the run means something.
  for (const kind of ['assign', 'hand over', 'end', 'move'])
    for (const end of ['ok', 'refused']) expect(totals[`${kind}: ${end}`] ?? 0, `${kind}: ${end}`).toBeGreaterThan(3)

  expect(
    await client.query(`
      select o.post, o.place_id, o.valid_from, count(*) from public.party_posts o
      join public.party_posts x on x.community_id = o.community_id and x.place_id = o.place_id and x.post = o.post
        and x.valid_from <= o.valid_from and coalesce(x.valid_to, 'infinity') >= o.valid_from
      cross join lateral private.post_rule(o.community_id, o.post) r
      where o.community_id = tests.a() group by o.id, o.community_id, o.post, o.place_id, o.valid_from, r.at_most having count(*) > r.at_most`),
  ).toEqual([])
  expect(
    await client.query(`
      select 1 from public.party_posts o join public.party_posts x on x.community_id = o.community_id and x.place_id = o.place_id and x.post = o.post
        and x.person_id = o.person_id and x.id <> o.id and x.valid_from <= coalesce(o.valid_to, 'infinity') and coalesce(x.valid_to, 'infinity') >= o.valid_from
      where o.community_id = tests.a()`),
  ).toEqual([])
  expect(
    await client.query(`
      select m.person_id from (select m.*, lead(m.valid_from) over (partition by m.person_id order by m.valid_from) as next from public.party_memberships m
        where m.community_id = tests.a()) m
      where (m.next is not null and m.next <> m.valid_to + 1) or (m.next is null and m.valid_to is not null)`),
  ).toEqual([])
}, 60_000)

test('of six who are given one post at the same moment, one holds it', async () => {
  const { client } = database
  await client.exec(
    'delete from public.identity_cards; delete from public.party_posts; truncate public.party_memberships',
  )
  await client.exec(`insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
    select tests.a(), gen_random_uuid(), tests.id(x), 'managed', tests.id('party org'), '2020-01-01'
    from unnest(array['party', 'volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader']) x`)
  const pool = database.pool(6)
  const said = await Promise.all(
    ['party', 'volunteer', 'volunteer2', 'volunteer3', 'leader', 'other_leader'].map(async (who) => {
      const { rows } = await pool.query<{ said: string }>(
        `select tests.run('secretary', format('select assign_post(tests.a(), tests.new(), %L, %L, %L)', tests.id($1), 'safety_officer', tests.id('grid1'))) as said`,
        [who],
      )
      return rows[0]!.said
    }),
  )
  expect(said.toSorted()).toEqual([
    '409 post_taken',
    '409 post_taken',
    '409 post_taken',
    '409 post_taken',
    '409 post_taken',
    'ok',
  ])
})
