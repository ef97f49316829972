select plan(5);

select private.hold_points(tests.a(), tests.id('hold'), tests.id('volunteer'), 15, 'reward_order', tests.id('order'));
select private.capture_hold(tests.a(), tests.id('hold'), tests.id('clerk'));
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.id(''back''), tests.id(''record volunteer on past''), ''记错了人'')'), 'ok');
select is((select array[balance, debt, earned] from point_accounts where id = tests.id('volunteer')), array[0, 15, 0]);
select is(tests.minutes('volunteer'), 0);
select is_empty($$ select private.accounts_off(tests.a()) $$);
select is((select array[points, debt_change, amount] from point_entries where reverses_id is not null), array[-5, 15, -20]);

select * from finish();
