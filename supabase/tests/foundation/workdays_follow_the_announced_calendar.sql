select plan(8);

select is((select is_workday from work_calendar where day = '2025-01-26'), true, '春节调休');
select is((select is_workday from work_calendar where day = '2025-10-06'), false);
select is((select is_workday from work_calendar where day = '2026-02-14'), true);
select is((select is_workday from work_calendar where day = '2026-02-23'), false);
select is((select is_workday from work_calendar where day = '2026-10-10'), true);
select is(private.add_workdays('2026-09-24', 1), date '2026-09-28', '中秋 in between');
select is(private.add_workdays('2026-09-30', 1), date '2026-10-08');
select is(private.add_workdays('2025-01-25', 2), date '2025-01-27', 'a Sunday that is worked');

select * from finish();
