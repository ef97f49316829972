select plan(3);

select is(tests.run('worker', $$ select begin_roster_import(tests.a(), tests.new(), 'party_members', '党员.xlsx', repeat('c', 64), 1, '{"paper_consent": true}') $$), '403 not_allowed');
select is(tests.run('secretary', $$ select begin_roster_import(tests.a(), tests.id('pi'), 'party_members', '党员.xlsx', repeat('c', 64), 1, '{"paper_consent": true}') $$), 'ok');
select is(tests.value('worker', $$ select count(*) from public.roster_imports where kind = 'party_members' $$)::int, 0, 'nor is it seen by others of the office');

select * from finish();
