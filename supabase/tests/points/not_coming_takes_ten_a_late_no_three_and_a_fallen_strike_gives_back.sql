select plan(7);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.at('2026-11-19 22:00');
select is(tests.run('volunteer2', 'select cancel_signup(tests.a(), tests.new(), tests.id(''volunteer2 on shift''))'), 'ok');
select is((select array[balance, debt] from point_accounts where id = tests.id('volunteer2')), array[0, 3]);
select tests.at('2026-11-20 12:00');
select is(tests.run('leader', 'select mark_no_show(tests.a(), tests.id(''strike''), tests.id(''volunteer on shift''))'), 'ok');
select is(tests.balance('volunteer'), 10);
select is(tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')'), 'ok');
select is(tests.run('worker', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike''), false, ''核实过了'')'), 'ok');
select is(tests.balance('volunteer'), 20);

select * from finish();
