select plan(1);

update activities set is_volunteer_service = false where id = tests.id('cleanup');
select tests.claim('volunteer', 'shift'), tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00'), tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 11:00');
select is(tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift'))), '422 not_volunteer_service');

select * from finish();
