select plan(2);

select tests.claim('volunteer2', 'shift');
select tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 10:29:59');
select is(tests.balance('volunteer2'), 10, '89 minutes are two half hours');
select is((select inputs ->> 'half_hours' from point_entries where person_id = tests.id('volunteer2')), '2', 'and the entry says why');

select * from finish();
