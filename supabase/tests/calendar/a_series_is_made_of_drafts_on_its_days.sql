\ir _series.sql
select plan(8);

select is(pg_temp.series('{}', 'other_leader'), '403 not_allowed');
select is(pg_temp.series('{"weekdays": []}'), '400 field_required');
select is(pg_temp.series('{"until_on": "2026-11-17"}'), '422 dates_out_of_order');
select is(pg_temp.series('{"until_on": "2028-01-01"}'), '422 shift_too_far_ahead');
select is(pg_temp.series('{"first_on": "2026-11-19", "until_on": "2026-11-24"}'), '422 series_has_no_days');
select is(pg_temp.series(), 'ok');
select is(pg_temp.days('MM-DD HH24:MI'), '11-18 19:30 11-25 19:30 12-02 19:30 12-09 19:30 12-16 19:30');
select ok((select bool_and(a.status = 'draft') from activities a join series_occurrences o on o.activity_id = a.id));

select * from finish();
