select plan(6);

select is(tests.run('leader', 'select prove_false_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''代打卡'')'), '403 not_allowed');
select is(tests.run('secretary', 'select prove_false_record(tests.a(), tests.id(''proved''), tests.id(''record volunteer on past''), ''代打卡'')'), 'ok');
select is(tests.run('secretary', 'select prove_false_record(tests.a(), tests.id(''proved''), tests.id(''record volunteer on past''), ''代打卡'')'), 'ok');
select is((select array[balance, debt] from point_accounts where id = tests.id('volunteer')), array[0, 50]);
select is(tests.minutes('volunteer'), 0);
select ok(private.has_false_record(tests.a(), tests.id('volunteer'), 2026) and not private.has_false_record(tests.a(), tests.id('volunteer'), 2025));

select * from finish();
