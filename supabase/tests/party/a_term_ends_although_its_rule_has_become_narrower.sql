select plan(3);

insert into public.party_posts (community_id, id, person_id, post, grid_id, party_org_id, valid_from)
  values (tests.a(), tests.id('second'), tests.id('branch'), 'grid_delegate', tests.id('grid1'), tests.id('party org'), '2026-01-01'),
    (tests.a(), tests.id('first'), tests.id('party'), 'grid_delegate', tests.id('grid1'), tests.id('party org'), '2026-01-01');
select is(tests.run('secretary', $$ select set_post_rule(tests.a(), tests.new(), 'grid_delegate', 1, 1) $$), 'ok');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('first')) $$), 'ok');
select throws_ok($$ update public.party_posts set valid_to = null where id = tests.id('first') $$, 'PT409', 'post_taken', 'a longer one still asks for the place');

select * from finish();
