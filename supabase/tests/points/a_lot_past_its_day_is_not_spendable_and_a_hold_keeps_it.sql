select plan(11);

select private.hold_points(tests.a(), tests.id('h1'), tests.id('volunteer'), 12, 'reward_order', tests.id('o1'));
select tests.at('2027-03-31 23:59:59');
select is(private.points_available(tests.a(), tests.id('volunteer')), 8, 'the last second of 31 March');
select tests.at('2027-04-01 00:00');
select is(private.points_available(tests.a(), tests.id('volunteer')), 0, 'judged when read');
select is((tests.value('volunteer', 'select my_service(tests.a())') ->> 'balance')::int, 0);
select is_empty($$ select 1 from point_entries where rule_code = 'EXPIRY' $$, 'nobody touched the account yet');
select throws_ok($$ select private.hold_points(tests.a(), tests.id('h2'), tests.id('volunteer'), 1, 'reward_order', tests.id('o2')) $$, 'PT422', 'points_not_enough');
select private.award_points(tests.a(), tests.id('volunteer'), 'V10', 'training', tests.id('course'), '2027-04-01', '{}', null);
select is((select array[sum(points), min(occurred_on) - date '2027-03-31'] from point_entries where rule_code = 'EXPIRY'), array[-8, 0]::bigint[], 'written down when touched, on its day');
select private.release_hold(tests.a(), tests.id('h1'));
select is((select sum(points)::int from point_entries where rule_code = 'EXPIRY'), -20, 'what the order held ends when it lets go');
select is(tests.balance('volunteer'), 5);
select is(private.reverse_award(tests.a(), 'service_record', tests.id('record volunteer on past'), tests.id('back'), null), 0, 'and is not taken a second time');
select is((select array[balance, debt] from point_accounts where id = tests.id('volunteer')), array[5, 0], 'nothing is owed for it');
select is_empty($$ select private.accounts_off(tests.a()) $$);

select * from finish();
