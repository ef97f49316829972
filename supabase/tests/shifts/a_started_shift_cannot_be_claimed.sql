select plan(2);

select tests.at('2026-11-20 09:00');
select is(tests.claim('volunteer', 'shift'), '422 shift_started');
select tests.at('2026-11-20 08:59:59');
select is(tests.claim('volunteer', 'shift'), 'ok');

select * from finish();
