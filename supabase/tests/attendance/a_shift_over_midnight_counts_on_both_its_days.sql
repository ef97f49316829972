select plan(6);

-- 20:00 to 02:00 belongs to two days: 240 minutes to the one, 120 to the other.
select tests.make_shift('over', '2026-11-20 20:00', 360, 5), tests.make_shift('before', '2026-11-20 08:00', 300, 5), tests.make_shift('after', '2026-11-21 08:00', 420, 5);
select tests.claim('volunteer2', 'before'), tests.claim('volunteer2', 'over'), tests.claim('volunteer2', 'after'), tests.claim('volunteer3', 'before'), tests.claim('volunteer3', 'over');
select tests.serve('volunteer2', 'over', '2026-11-20 20:00', '2026-11-21 02:00');
select is((select service_date from service_records where person_id = tests.id('volunteer2')), date '2026-11-20');
select is((tests.serve('volunteer2', 'after', '2026-11-21 08:00', '2026-11-21 15:00') #>> '{credited,0,minutes}')::int, 360, 'the day after has 360 minutes left, not 480');
select is(tests.minutes('volunteer2'), 720);
select tests.serve('volunteer3', 'before', '2026-11-20 08:00', '2026-11-20 13:00');
select is((tests.serve('volunteer3', 'over', '2026-11-20 20:00', '2026-11-21 02:00') #>> '{credited,0,minutes}')::int, 180, 'the evening fills its day and the record ends there');
select is((select ends_at from service_records where person_id = tests.id('volunteer3') order by starts_at desc limit 1), tests.shanghai('2026-11-20 23:00'));
select is(private.countable_minutes(tests.a(), tests.id('volunteer'), tests.shanghai('2026-11-20 23:30') + interval '30 seconds', 60), 60, 'no minute is lost at midnight');

select * from finish();
