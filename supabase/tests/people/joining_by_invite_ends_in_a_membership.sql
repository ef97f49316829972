select plan(6);

select is(tests.run('stranger', $$ select request_join(tests.id('join'), ' aaaaa22222 ', '马新来', '14400000020', '2026-11') $$), 'ok', 'typed in lower case with spaces');
select is(tests.run('stranger', $$ select request_join(tests.new(), 'AAAAA22222', '马新来', '14400000020', '2026-11') $$), '409 join_already_requested');
select is(tests.run('worker', format('select review_join(tests.a(), tests.id(%L), %L, %L)', 'new person', tests.id('join'), 'confirm')), 'ok');
select is((select community_id from account_persons where user_id = tests.id('user stranger')), tests.a());
select is((select version from consents where person_id = tests.id('new person')), '2026-11', 'the version agreed to is on record');
select is(tests.run('stranger', $$ select request_join(tests.new(), 'AAAAA22222', '马新来', '14400000020', '2026-11') $$), '409 already_a_member');

select * from finish();
