select plan(12);

select tests.claim('volunteer2', 'shift');
select tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 08:55');
select tests.at('2026-11-20 10:00');
select is(tests.run('volunteer2', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 09:50'))),
  '422 shift_not_ended', 'until the end one is still expected to be scanned out');
select tests.at('2026-11-20 13:00');
select is(tests.run('leader', format('select check_out(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('volunteer2 on shift'))),
  '422 check_out_is_asked', 'by hand, long after the end, nobody assumes the time');
select is(tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))) #>> '{skipped,0,reason}', 'not_checked_out');
select tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift')));
select is((select count(*)::int from notifications where person_id = tests.id('volunteer2') and kind = 'check_out_asked'), 1, 'asked once');
select is(tests.run('volunteer2', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 08:00'))), '422 out_before_in');
select is(tests.run('volunteer2', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 14:00'))), '422 time_in_the_future');
select is(tests.run('volunteer2', format('select answer_check_out(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 10:50'))), 'ok');
select tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift')));
select is(tests.minutes('volunteer2'), 0, 'a claim is not yet hours');
select is(tests.run('leader', format('select settle_check_out(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift'))), 'ok', 'the leader takes it as it was said');
select tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift')));
select is(tests.minutes('volunteer2'), 110);
select is((select provenance from service_records where person_id = tests.id('volunteer2')), 'leader_confirmed');
select is((select count(*)::int from notifications where person_id = tests.id('volunteer2') and kind = 'check_out_settled'), 0, 'nothing was corrected, nothing is told');

select * from finish();
