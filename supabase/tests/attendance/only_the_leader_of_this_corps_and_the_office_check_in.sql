select plan(4);

select tests.claim('volunteer', 'shift');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00', 'volunteer'), '403 not_allowed');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00', 'other_leader'), '403 not_allowed');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00', 'b_leader'), '403 not_a_member');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00', 'worker'), 'ok');

select * from finish();
