select plan(6);

select tests.make_shift('new year', '2026-12-31 23:00', 120, 5), tests.make_shift('leap', '2028-02-29 00:10', 60, 5), tests.make_shift('first', '2027-01-01 00:30', 60, 5);
select tests.at('2026-12-30 08:00');
select tests.claim('volunteer2', 'new year'), tests.claim('volunteer3', 'first');
select tests.serve('volunteer2', 'new year', '2026-12-31 22:55', '2027-01-01 01:00');
select is((select service_date from service_records where person_id = tests.id('volunteer2')), date '2026-12-31', 'the year it began in');
select is((select occurred_on from point_entries where person_id = tests.id('volunteer2')), date '2026-12-31');
select is((select expires_at from point_lots where person_id = tests.id('volunteer2')), tests.shanghai('2027-04-01 00:00'), 'spent by 31 March of the year after it began');
select tests.serve('volunteer3', 'first', '2027-01-01 00:30', '2027-01-01 01:30');
select is((select service_date from service_records where person_id = tests.id('volunteer3')), date '2027-01-01', 'still 2026 in UTC');
select tests.at('2028-02-28 08:00');
select tests.claim('volunteer2', 'leap');
select tests.serve('volunteer2', 'leap', '2028-02-29 00:10', '2028-02-29 01:10');
select is((select service_date from service_records where person_id = tests.id('volunteer2') order by starts_at desc limit 1), date '2028-02-29');
select is(private.day_of(tests.shanghai('2028-02-29 23:59') + interval '1 minute'), date '2028-03-01');

select * from finish();
