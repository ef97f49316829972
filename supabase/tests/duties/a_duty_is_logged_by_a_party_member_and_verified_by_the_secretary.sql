select plan(6);

select is(tests.run('resident', format('select log_duty(tests.a(), tests.new(), %L, %L, 30)', 'publicity_round', tests.shanghai('2026-11-15 10:00'))), '403 not_a_party_member');
select is(tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30, %L)', tests.id('log'), 'publicity_round', tests.shanghai('2026-11-15 10:00'), tests.id('grid1'))), 'ok');
select is(tests.run('secretary', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log'))), '404 duty_unknown', 'the office has no say in it');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log'))), 'ok');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log'))), '409 duty_not_waiting');
select results_eq($$select status, verified_by, month from duty_logs where id = tests.id('log')$$, $$values ('verified', tests.id('branch'), date '2026-11-01')$$);

select * from finish();
