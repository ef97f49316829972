\ir _series.sql
select plan(12);

select pg_temp.series();
select is(pg_temp.edit('one', '{"day": "2026-11-26", "start": "18:00"}', '2026-11-25'), 'ok');
select is(pg_temp.days('MM-DD HH24:MI'), '11-18 19:30 11-26 18:00 12-02 19:30 12-09 19:30 12-16 19:30');
select is(pg_temp.edit('one', '{"day": "2026-12-09"}', '2026-12-02'), '409 series_day_taken');
select is(tests.run('leader', format('select cancel_activity(tests.a(), tests.new(), %L, %L)', (select activity_id from series_occurrences where original_on = '2026-12-02'), '广场维修')), 'ok');
select is(pg_temp.edit('all', '{"start": "20:00", "until_on": "2026-12-30"}'), 'ok');
select is(pg_temp.days('MM-DD HH24:MI'), '11-18 20:00 11-26 18:00 12-09 20:00 12-16 20:00 12-23 20:00 12-30 20:00', 'the moved one keeps its own day and time; the removed one stays away');
select is(pg_temp.edit('all', '{"weekdays": [3, 4]}'), 'ok');
select is(pg_temp.days(), '11-18 11-19 11-26 12-03 12-09 12-10 12-16 12-17 12-23 12-24 12-30', 'a Thursday on which the moved one takes place is not doubled');
select is(pg_temp.edit('all', '{"weekdays": [4]}'), 'ok');
select is(pg_temp.days(), '11-19 11-26 12-03 12-10 12-17 12-24', 'nobody was signed up on the Wednesdays, nor on the moved one: its Thursday is a Thursday of the rule now');
select is(pg_temp.edit('all', '{"weekdays": [3]}'), 'ok');
select is(pg_temp.days(), '11-18 11-25 12-09 12-16 12-23 12-30', 'back again, but for the one a person removed');

select * from finish();
