\ir _series.sql
select plan(13);

select pg_temp.series(), pg_temp.publish();
select pg_temp.sign_up('volunteer', '2026-12-02'), pg_temp.sign_up('volunteer2', '2026-12-02'), pg_temp.sign_up('volunteer3', '2026-12-02');
select is(pg_temp.edit('later', '{"start": "18:00"}', '2026-12-02'), 'ok');
select is(pg_temp.status('volunteer', '2026-12-02') || pg_temp.status('volunteer3', '2026-12-02'), 'confirmedwaitlisted', 'kept, those who wait, too');
select is((select count(*)::int from notifications where kind = 'shift_changed'), 3, 'and told');
select is(pg_temp.edit('all', '{"weekdays": [4]}'), '409 series_has_signups');
select is(tests.params('leader', format('select edit_series(tests.a(), tests.new(), %L, %L, %L)', tests.id('series'), 'all', '{"weekdays": [4]}')), '{"times": 1, "people": 3, "day": "2026-12-02"}');
select is(pg_temp.days(), '11-18 11-25 12-02 12-09 12-16', 'nothing was done by halves');
select is(pg_temp.edit('all', '{"weekdays": [4]}', null, true), 'ok');
select is(pg_temp.days(), '11-19 11-26 12-02 12-03 12-10', 'the day with people on it stays');
select is(pg_temp.status('volunteer', '2026-12-02'), 'confirmed');
select is(pg_temp.edit('all', '{"roles": [{"name": "helper", "capacity": 1}]}'), 'ok');
select is((select capacity from shift_roles where shift_id = pg_temp.shift('2026-12-02')), 2, 'nobody loses the place by fewer places');
select is(pg_temp.edit('one', '{"roles": [{"name": "helper", "capacity": 3}]}', '2026-12-02'), 'ok');
select is(pg_temp.status('volunteer3', '2026-12-02'), 'offered', 'more places go to who waits');

select * from finish();
