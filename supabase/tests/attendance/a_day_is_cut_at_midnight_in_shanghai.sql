select plan(1);

select tests.make_shift('night', '2026-11-20 00:10', 60, 5);
select tests.claim('volunteer2', 'night');
select tests.serve('volunteer2', 'night', '2026-11-20 00:10', '2026-11-20 01:10');
select is((select service_date from service_records where person_id = tests.id('volunteer2')), date '2026-11-20', 'still the 19th in UTC');

select * from finish();
