select plan(3);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 07:59:59'), '422 check_in_too_early');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 08:00'), 'ok');
select is(tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 11:00'), '422 shift_ended');

select * from finish();
