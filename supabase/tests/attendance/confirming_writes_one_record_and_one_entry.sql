select plan(5);

select tests.claim('volunteer', 'shift');
select is(jsonb_array_length(tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 11:00') -> 'credited'), 1);
select is(tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))), '409 nothing_to_confirm');
select is((select count(*)::int from service_records where signup_id = tests.id('volunteer on shift')), 1);
select is((select count(*)::int from point_entries e join service_records r on r.id = e.source_id where r.signup_id = tests.id('volunteer on shift')), 1);
select is(tests.signup('volunteer', 'shift'), 'attended');

select * from finish();
