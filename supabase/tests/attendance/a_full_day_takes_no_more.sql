select plan(1);

select tests.make_shift('long', '2026-11-20 06:00', 480, 5), tests.make_shift('evening', '2026-11-20 18:00', 180, 5);
select tests.claim('volunteer2', 'long'), tests.claim('volunteer2', 'evening');
select tests.serve('volunteer2', 'long', '2026-11-20 06:00', '2026-11-20 14:00');
select is(tests.serve('volunteer2', 'evening', '2026-11-20 18:00', '2026-11-20 21:00') #>> '{skipped,0,reason}', 'day_is_full');

select * from finish();
