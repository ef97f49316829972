select plan(7);

select tests.claim('volunteer2', 'shift'), tests.claim('leader', 'shift');
select tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 08:55'), tests.scan('check_in', 'leader', 'shift', '2026-11-20 08:56', 'worker');
select tests.at('2026-11-20 13:00');
select is(tests.run('neighbour', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 10:50'))), '404 signup_unknown');
select is(tests.run('volunteer2', format('select settle_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 11:00'))), '404 signup_unknown');
select is(tests.run('leader', format('select settle_check_out(tests.a(), tests.new(), %L, %L)', tests.id('leader on shift'), tests.shanghai('2026-11-20 11:00'))), '403 own_attendance');
select is(tests.run('leader', format('select settle_check_out(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift'))), '400 field_required', 'nobody has said a time yet');
select tests.run('volunteer2', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 11:00')));
select is(tests.run('leader', format('select settle_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 10:30'))), 'ok');
select is((select minutes from attendances where id = tests.id('volunteer2 on shift')), 90);
select is((select count(*)::int from notifications where person_id = tests.id('volunteer2') and kind = 'check_out_settled'), 1, 'and is told');

select * from finish();
