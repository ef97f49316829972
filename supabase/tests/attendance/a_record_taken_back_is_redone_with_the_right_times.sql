select plan(9);

select is(tests.run('leader', 'select redo_attendance(tests.a(), tests.new(), tests.id(''volunteer on past''), ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''x'')'), '409 nothing_to_redo', 'credited hours are reversed first');
select tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''时间记错了'')');
select is(tests.minutes('volunteer') || ' ' || tests.balance('volunteer'), '0 0');
select is(tests.run('leader', 'select redo_attendance(tests.a(), tests.new(), tests.id(''volunteer on past''), ''2026-11-10 07:00+08'', ''2026-11-10 10:00+08'', ''x'')'), '422 outside_the_shift');
select is(tests.run('leader', 'select redo_attendance(tests.a(), tests.new(), tests.id(''volunteer on past''), ''2026-11-10 09:30+08'', ''2026-11-10 09:00+08'', ''x'')'), '422 out_before_in');
select is(tests.run('leader', 'select redo_attendance(tests.a(), tests.new(), tests.id(''volunteer on past''), ''2026-11-10 09:30+08'', ''2026-11-10 11:00+08'', ''九点半才到'')'), 'ok');
select is(tests.minutes('volunteer'), 0, 'not before it is confirmed');
select tests.run('leader', 'select confirm_attendance(tests.a(), tests.new(), tests.id(''past''))');
select is(tests.minutes('volunteer') || ' ' || tests.balance('volunteer'), '90 15');
select is((select array_agg(provenance order by confirmed_at, minutes desc) from service_records where person_id = tests.id('volunteer') and reverses_id is null),
  array['scanned', 'leader_confirmed']);
select is((select count(*)::int from service_records where person_id = tests.id('volunteer')), 3, 'the mistake, its reversal and the right one');

select * from finish();
