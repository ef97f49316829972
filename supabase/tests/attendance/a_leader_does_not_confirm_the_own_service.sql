select plan(3);

select tests.claim('leader', 'shift');
select tests.scan('check_in', 'leader', 'shift', '2026-11-20 09:00', 'worker'), tests.scan('check_out', 'leader', 'shift', '2026-11-20 11:00', 'worker');
select is(tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))) #>> '{skipped,0,reason}', 'own_attendance');
select is(jsonb_array_length(tests.value('worker', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))) -> 'credited'), 1);
select throws_ok($$ update attendances set confirmed_by = person_id where id = tests.id('leader on shift') $$, '23514', null, 'nor by constraint');

select * from finish();
