select plan(2);

update volunteers set status = 'paused' where id = tests.id('volunteer');
select is(tests.run('volunteer', $$ select register_volunteer(tests.a(), tests.new(), '2026-11') $$), 'ok');
select is((select status from volunteers where id = tests.id('volunteer')), 'paused');

select * from finish();
