select plan(6);

select tests.claim('volunteer2', 'shift'), tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 11:00');
select is_empty($$ select private.accounts_off(tests.a()) $$);
select lives_ok($$ set constraints all immediate $$);
select throws_ok($$ update point_accounts set balance = -1 $$, '23514');
select throws_ok($$ update point_accounts set balance = balance + 1 $$, '23514', null, 'nobody has more than the ledger says');
select throws_ok($$ update point_lots set remaining = remaining - 1 $$, '23514', null, 'nor do the lots say anything else');
select throws_ok($$ update point_accounts set held = 1 where id = tests.id('volunteer') $$, '23514');

select * from finish();
