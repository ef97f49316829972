select plan(9);

select tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('log'), 'publicity_round', tests.shanghai('2026-11-15 10:00')));
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 45, p_log_id => %L)', 'publicity_round', tests.shanghai('2026-11-15 10:00'), tests.id('log'))), '409 duty_not_correctable');
select is(tests.run('branch', format('select return_duty(tests.a(), tests.new(), %L, %L)', tests.id('log'), ' ')), '400 field_required');
select is(tests.run('branch', format('select return_duty(tests.a(), tests.new(), %L, %L)', tests.id('log'), '请写楼号')), 'ok');
select is((select n.params ->> 'reason' from notifications n where n.person_id = tests.id('party') and n.kind = 'duty_returned'), '请写楼号');
select is(tests.value('party', 'select my_duties(tests.a())') -> 'logs' -> 0 ->> 'return_reason', '请写楼号');
select is(tests.run('branch', format('select log_duty(tests.a(), tests.new(), %L, %L, 45, p_log_id => %L)', 'publicity_round', tests.shanghai('2026-11-15 10:00'), tests.id('log'))), '403 not_a_party_member', 'nobody else corrects it');
select is(tests.run('party', format('select log_duty(tests.a(), tests.new(), %L, %L, 45, null, %L, p_log_id => %L)', 'publicity_round', tests.shanghai('2026-11-15 10:00'), tests.id('building'), tests.id('log'))), 'ok');
select is((select status || ' ' || minutes from duty_logs where id = tests.id('log')), 'submitted 45');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log'))), 'ok');

select * from finish();
