select plan(8);

insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
  select tests.a(), tests.id('m ' || x), tests.id(x), 'managed', tests.id('party org'), '2020-01-01' from unnest(array['volunteer', 'volunteer2']) x;
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.id('next'), tests.id('volunteer'), 'publicist', null, null, null, '2026-12-01', '010-00000009', tests.id('party post')) $$), 'ok');
select results_eq($$ select person_id, valid_from, valid_to, grid_id from public.party_posts where post = 'publicist' and community_id = tests.a() order by 2 $$,
  $$ values (tests.id('party'), date '2026-01-01', date '2026-11-30', tests.id('grid1')), (tests.id('volunteer'), date '2026-12-01', null, tests.id('grid1')) $$);
select is((select follows_id from public.party_posts where id = tests.id('next')), tests.id('party post'), 'whom it came from is kept');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer2'), 'publicist', null, null, null, '2026-12-01', null, tests.id('next')) $$), '422 hand_over_too_early', 'a term lasts a day at least');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer2'), 'publicist', null, null, null, '2027-01-01', null, tests.id('party post')) $$), '409 post_already_ended', 'what was handed over is not handed over again');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('next')) $$), 'ok', 'a term that never began is taken back');
select is_empty($$ select 1 from public.party_posts where id = tests.id('next') $$);
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer'), 'publicist', tests.id('grid1'), null, null, '2026-12-01', '13800138000') $$), '422 relay_phone_is_private');

select * from finish();
