select plan(7);

insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
  select tests.a(), tests.id('m ' || x), tests.id(x), 'managed', tests.id('party org'), '2020-01-01' from unnest(array['volunteer', 'volunteer2']) x;
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer'), 'publicist', tests.id('grid1')) $$), '409 post_taken', 'one publicist of a grid');
select is(tests.params('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer'), 'publicist', tests.id('grid1')) $$), '{"at_most": 1}');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'publicist', tests.id('grid1'), null, null, '2027-03-01') $$), '409 post_already_held', 'nor the same one twice');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer'), 'hygienist', tests.id('grid1')) $$), 'ok');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('volunteer2'), 'hygienist', tests.id('grid1')) $$), 'ok', 'this community lets a grid have two hygienists');
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'hygienist', tests.id('grid1')) $$), '409 post_taken', 'but no third');
select throws_ok($$ insert into public.party_posts (community_id, id, person_id, post, grid_id, valid_from)
  values (tests.a(), tests.new(), tests.id('volunteer2'), 'publicist', tests.id('grid1'), '2026-03-01') $$, 'PT409', 'post_taken', 'whoever writes');

select * from finish();
