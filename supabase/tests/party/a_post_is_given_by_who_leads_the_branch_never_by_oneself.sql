select plan(9);

select is(tests.run('branch', $$ select assign_post(tests.a(), tests.id('first'), tests.id('party'), 'mediator', null, tests.id('building')) $$), 'ok');
select results_eq($$ select person_id, grid_id, building_id, party_org_id, valid_from, assigned_by from public.party_posts where id = tests.id('first') $$,
  $$ values (tests.id('party'), tests.id('grid1'), tests.id('building'), tests.id('party org'), date '2026-11-16', tests.id('branch')) $$,
  'at the building, which lies in its grid and belongs to the branch there');
select is((select kind from public.notifications where person_id = tests.id('party') order by created_at desc limit 1), 'post_assigned', 'the holder is told');
select is(tests.run('party', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'safety_officer', tests.id('grid1')) $$), '403 not_allowed', 'a member gives none');
select is(tests.run('worker', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'safety_officer', tests.id('grid1')) $$), '403 not_allowed', 'nor does the office without that duty');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('resident'), 'safety_officer', tests.id('grid1')) $$), '403 not_allowed',
  'whether a neighbour is a member is not told');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'service_post', null, null, tests.id('party org')) $$), '422 post_not_for_kind');
insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('m branch'), tests.id('branch'), 'managed', tests.id('party org'), '2020-01-01');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('branch'), 'safety_officer', tests.id('grid1')) $$), '403 own_post');
select is(tests.run('secretary', $$ select assign_post(tests.a(), tests.new(), tests.id('branch'), 'safety_officer', tests.id('grid1')) $$), 'ok', 'somebody else gives the secretary one');

select * from finish();
