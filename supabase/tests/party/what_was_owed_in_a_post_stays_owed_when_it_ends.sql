select plan(11);

select is(tests.run('party', $$ select end_post(tests.a(), tests.new(), tests.id('party post'), '2026-02-28') $$), '400 field_invalid', 'nobody ends the own term backwards');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('party post'), '2025-12-31') $$), '400 field_invalid', 'and nobody one before it began');
select is((select valid_to from public.party_posts where id = tests.id('party post')), null);
select is(tests.run('party', $$ select end_post(tests.a(), tests.new(), tests.id('party post')) $$), 'ok', 'from today on it may be given back');
select is((select count(*)::int from public.notifications n where n.person_id = tests.id('branch') and n.kind = 'post_given_back'), 1, 'and the branch is told');

-- A member who moves, entered late: what was done in the post meanwhile stays in it.
insert into public.party_posts (community_id, id, person_id, post, grid_id, party_org_id, valid_from, recorded_on)
  values (tests.a(), tests.id('later post'), tests.id('party'), 'mediator', tests.id('grid1'), tests.id('party org'), '2026-03-01', '2026-03-01');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 30)', 'mediation', tests.shanghai('2026-11-12 09:00'))), 'ok');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('later post'), '2026-03-01') $$), 'ok', 'who leads the branch may go back to its first day');
update public.party_posts set valid_to = null where id = tests.id('later post');
select lives_ok($$ select private.end_posts_of(tests.a(), tests.id('party'), '2026-02-15') $$);
select is((select valid_to from public.party_posts where id = tests.id('later post')), date '2026-11-12', 'a term that has begun is never struck out');

insert into public.party_posts (community_id, id, person_id, post, grid_id, party_org_id, valid_from)
  values (tests.a(), tests.id('idle post'), tests.id('branch'), 'safety_officer', tests.id('grid1'), tests.id('party org'), '2026-03-01');
select lives_ok($$ select private.end_posts_of(tests.a(), tests.id('branch'), '2026-02-15') $$);
select is((select valid_to from public.party_posts where id = tests.id('idle post')), date '2026-03-01', 'were it for its first day alone');

select * from finish();
