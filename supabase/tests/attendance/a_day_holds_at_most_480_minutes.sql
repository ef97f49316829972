select plan(4);

select tests.make_shift('long', '2026-11-20 06:00', 420, 5), tests.make_shift('evening', '2026-11-20 18:00', 180, 5);
select tests.claim('volunteer2', 'long'), tests.claim('volunteer2', 'evening');
select tests.serve('volunteer2', 'long', '2026-11-20 06:00', '2026-11-20 13:00');
select is(tests.minutes('volunteer2'), 420);
select is((tests.serve('volunteer2', 'evening', '2026-11-20 18:00', '2026-11-20 21:00') #>> '{credited,0,minutes}')::int, 60);
select is(tests.minutes('volunteer2'), 480);
select is((select max(inputs ->> 'cap') from point_entries where person_id = tests.id('volunteer2')), null, 'sixty credited minutes, sixty counted');

select * from finish();
