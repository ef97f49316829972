\ir _series.sql
select plan(5);

select is(pg_temp.series('{"frequency": "monthly", "month_day": 31, "start": "23:00", "minutes": 180, "first_on": "2026-12-01", "until_on": "2027-02-28"}'), 'ok');
select is(pg_temp.days('YYYY-MM-DD HH24:MI'), '2026-12-31 23:00 2027-01-31 23:00 2027-02-28 23:00');
select is((select s.ends_at from shifts s where s.id = pg_temp.shift('2026-12-31')), timestamptz '2027-01-01 02:00+08', 'it ends next year');
select pg_temp.publish();
select is((select string_agg(x ->> 'day', ' ') from jsonb_array_elements(tests.value('anonymous', $$select community_calendar(tests.a(), '2026-12-31', '2026-12-31')$$) -> 'shifts') x), '2026-12-31', 'shown on the 31st');
select is(jsonb_array_length(tests.value('anonymous', $$select community_calendar(tests.a(), '2027-01-01', '2027-01-30')$$) -> 'shifts'), 0, 'and not in the new year');

select * from finish();
