select plan(2);

select tests.make_shift('next', '2026-11-20 11:00');
select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer', 'next'), 'ok', '09–11 and 11–13');

select * from finish();
