select plan(5);
\ir _cycle.sql
select tests.cycle('pioneer'), tests.hours('minor', 120, '2026-10-10');
select is(tests.nominate('pioneer', 'minor'), 'ok');
select is(tests.accept('pioneer', 'minor', true), '422 guardian_consent_needed');
select tests.make_helper(tests.a(), 'minor', 'neighbour', 'guardian');
select is(tests.run('neighbour', format('select accept_nomination(tests.a(), tests.new(), %L, true, ''2026-11'', ''helper'')', tests.id('pioneer minor'))), 'ok');
select is((select shows_full_name from nomination_consents), false);
select is(tests.run('minor', format('select set_award_name(tests.a(), tests.new(), %L, true)', tests.id('pioneer minor'))) || (select shows_full_name::text from nomination_consents), '422 guardian_consent_neededfalse');

select * from finish();
