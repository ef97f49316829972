select plan(1);

select tests.claim('volunteer', 'shift');
select tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 13:00');
select is(tests.minutes('volunteer'), 120 + 150);

select * from finish();
