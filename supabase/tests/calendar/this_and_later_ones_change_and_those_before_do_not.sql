\ir _series.sql
select plan(7);

select pg_temp.series();
select is(pg_temp.edit('later', '{"start": "18:30", "title": "冬季护绿"}', '2026-12-02'), 'ok');
select is(pg_temp.days('MM-DD HH24:MI'), '11-18 19:30 11-25 19:30 12-02 18:30 12-09 18:30 12-16 18:30');
select is((select string_agg(a.title, ' ' order by o.original_on) from series_occurrences o join activities a on a.id = o.activity_id), '周三护绿 周三护绿 冬季护绿 冬季护绿 冬季护绿');
select is(pg_temp.edit('later', '{"weekdays": [5], "every": 2}', '2026-12-09'), 'ok');
select is(pg_temp.days(), '11-18 11-25 12-02 12-11', 'Fridays every other week from there');
select tests.at('2026-11-25 19:31');
select is(pg_temp.edit('all', '{"start": "10:00"}'), 'ok');
select is(pg_temp.days('MM-DD HH24:MI'), '11-18 19:30 11-25 19:30 12-02 10:00 12-11 10:00', 'what began or is over stays as it was');

select * from finish();
