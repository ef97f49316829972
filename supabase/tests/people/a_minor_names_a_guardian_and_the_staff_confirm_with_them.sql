select plan(5);

update accounts set birth_year = 2010 where user_id = tests.id('user stranger');
select is(tests.run('stranger', $$ select request_join(tests.new(), 'AAAAA22222', '小马', '14400000020', '2026-11') $$), '422 guardian_required');
select is(tests.run('stranger', $$ select request_join(tests.id('join'), 'AAAAA22222', '小马', '14400000020', '2026-11', '老马', '14400000021') $$), 'ok');
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('join'), 'confirm')), '422 guardian_consent_missing');
select is(tests.run('worker', format('select review_join(tests.a(), tests.id(%L), %L, %L, null, true)', 'young', tests.id('join'), 'confirm')), 'ok');
select is((select guardian_name from guardian_links where minor_person_id = tests.id('young')), '老马');

select * from finish();
