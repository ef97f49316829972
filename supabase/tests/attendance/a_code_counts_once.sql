select plan(3);

select tests.claim('volunteer', 'shift');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00'), 'ok');
select is(tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 09:00:10'), '409 code_used');
select is(tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 09:00:40'), 'ok', 'the next one is another');

select * from finish();
