select plan(11);

insert into public.party_orgs (community_id, id, kind, name, grid_id) values (tests.a(), tests.id('second'), 'branch', '二片支部', tests.id('grid2'));
select is(tests.run('secretary', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'managed', tests.id('second'), null, null, '2026-11-01') $$), 'ok');
select results_eq($$ select party_org_id, valid_from, valid_to, end_reason from public.party_memberships where person_id = tests.id('party') order by 2 $$,
  $$ values (tests.id('party org'), date '2000-07-01', date '2026-10-31', 'moved'), (tests.id('second'), date '2026-11-01', null, null) $$);
select is((select valid_to from public.party_posts where id = tests.id('party post')), '2026-10-31', 'the post of the former branch is handed back');
select is(tests.run('branch', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'floating', tests.id('party org')) $$), '404 party_member_unknown', 'a secretary moves nobody of another branch');
select is(tests.run('secretary', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'managed', tests.id('second')) $$), '409 party_member_unchanged');
select is(tests.run('secretary', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'floating', tests.id('second'), null, null, '2026-11-01') $$), '422 move_too_early');
select is(tests.run('secretary', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'floating', tests.id('second'), tests.id('party group')) $$), '422 party_group_elsewhere');
select is(tests.run('secretary', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'floating', tests.id('second')) $$), 'ok');
select is((select jsonb_array_length(tests.value('party', 'select my_party(tests.a())') -> 'former')), 2, 'the member sees where one was');
select throws_ok($$ insert into public.party_memberships (community_id, id, person_id, kind, valid_from, valid_to)
  values (tests.a(), tests.new(), tests.id('party'), 'managed', '2026-10-31', '2026-10-31') $$, 'PT409', 'party_membership_overlaps', 'whoever writes');
select is(tests.run('worker', $$ select move_party_member(tests.a(), tests.new(), tests.id('party'), 'managed', tests.id('party org')) $$), '404 party_member_unknown', 'the office without that duty is told nothing');

select * from finish();
