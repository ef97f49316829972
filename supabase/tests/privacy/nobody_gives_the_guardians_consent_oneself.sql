select plan(1);

select is(tests.run('minor', $$ select give_consent(tests.a(), tests.new(), 'guardian', '2026-11') $$), '403 not_allowed');

select * from finish();
