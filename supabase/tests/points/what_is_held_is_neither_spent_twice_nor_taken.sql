select plan(11);

create function pg_temp.account() returns text language sql as $$
  select format('%s held %s owes %s', a.balance, a.held, a.debt) from point_accounts a where a.id = tests.id('volunteer') $$;
select lives_ok($$ select private.hold_points(tests.a(), tests.id('h1'), tests.id('volunteer'), 12, 'reward_order', tests.id('o1')) $$);
select throws_ok($$ select private.hold_points(tests.a(), tests.id('h2'), tests.id('volunteer'), 9, 'reward_order', tests.id('o2')) $$, 'PT422', 'points_not_enough');
select is(private.points_available(tests.a(), tests.id('volunteer')), 8);
select private.award_points(tests.a(), tests.id('volunteer'), 'D01', 'no_show', tests.id('missed'), '2026-11-10', '{}', null);
select is(pg_temp.account(), '12 held 12 owes 2', 'a deduction leaves what an order holds');
select private.release_hold(tests.a(), tests.id('h1')), private.release_hold(tests.a(), tests.id('h1'));
select is(pg_temp.account(), '10 held 0 owes 0', 'given back, it pays the debt first');
select private.hold_points(tests.a(), tests.id('h3'), tests.id('volunteer'), 10, 'reward_order', tests.id('o3'));
select private.capture_hold(tests.a(), tests.id('h3'), tests.id('clerk')), private.capture_hold(tests.a(), tests.id('h3'), tests.id('clerk'));
select is(pg_temp.account(), '0 held 0 owes 0');
select is((select sum(points)::int from point_entries where rule_code = 'REDEEM'), -10, 'handed over twice, spent once');
select throws_ok($$ select private.release_hold(tests.a(), tests.id('h3')) $$, 'PT409', 'hold_ended');
select throws_ok($$ select private.capture_hold(tests.a(), tests.id('h1'), null) $$, 'PT409', 'hold_ended');
select is(tests.minutes('volunteer'), 120, 'hours are another thing');
select is_empty($$ select private.accounts_off(tests.a()) $$);

select * from finish();
