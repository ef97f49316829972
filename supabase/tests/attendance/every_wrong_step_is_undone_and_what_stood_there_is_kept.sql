select plan(15);

create function pg_temp.undo(p_who text, p_signup text) returns text language sql as $$
  select tests.run(p_who, format('select undo_attendance(tests.a(), tests.new(), %L, %L)', tests.id(p_signup), '扫错了人'))
$$;
select tests.claim('volunteer2', 'shift'), tests.claim('leader', 'shift');
select tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 08:55'), tests.scan('check_out', 'volunteer2', 'shift', '2026-11-20 09:30');
select is(pg_temp.undo('volunteer2', 'volunteer2 on shift'), '404 signup_unknown');
select is(pg_temp.undo('other_leader', 'volunteer2 on shift'), '404 signup_unknown');
select is(pg_temp.undo('leader', 'leader on shift'), '403 own_attendance');
select is(pg_temp.undo('leader', 'volunteer2 on shift'), 'ok');
select is((select status from attendances where id = tests.id('volunteer2 on shift')), 'checked_in', 'a wrong check-out');
select is(pg_temp.undo('leader', 'volunteer2 on shift'), 'ok');
select is((select count(*)::int from attendances where id = tests.id('volunteer2 on shift')), 0, 'a wrong check-in');
select is(pg_temp.undo('leader', 'volunteer2 on shift'), '409 nothing_to_undo');
select is((select array_agg(step order by step) from attendance_reversals where signup_id = tests.id('volunteer2 on shift')), array['check_in', 'check_out']);
select is((select (before ->> 'minutes')::int from attendance_reversals where step = 'check_out'), 30, 'what stood there is kept');
select tests.at('2026-11-20 11:10');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift')));
select is(pg_temp.undo('leader', 'volunteer2 on shift'), 'ok');
select is((select status from strikes where signup_id = tests.id('volunteer2 on shift')), 'cancelled', 'a wrong «not come», and its strike');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift'))), 'ok', 'and may be marked anew');
select tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '生病'));
select is(pg_temp.undo('leader', 'volunteer2 on shift'), 'ok');
select is(tests.signup('volunteer2', 'shift') || ' ' || tests.taken('shift'), 'confirmed 2', 'a wrong excuse takes the place again');

select * from finish();
