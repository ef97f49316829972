select plan(2);

select is(tests.run('stranger', 'select close_account()'), 'ok');
select is(tests.run('stranger', $$ select open_account(tests.new(), 1990, 1, '2026-11') $$), '401 not_signed_in');

select * from finish();
