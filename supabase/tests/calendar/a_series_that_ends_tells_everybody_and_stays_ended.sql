\ir _series.sql
select plan(5);

select pg_temp.series(), pg_temp.publish(), pg_temp.sign_up('volunteer', '2026-12-02');
select is(tests.run('other_leader', format('select end_series(tests.a(), tests.new(), %L, %L)', tests.id('series'), '换队')), '403 not_allowed');
select is(tests.run('leader', format('select end_series(tests.a(), tests.new(), %L, %L)', tests.id('series'), '天冷了')), 'ok');
select is(pg_temp.status('volunteer', '2026-12-02'), 'cancelled');
select is((select params ->> 'reason' from notifications where kind = 'activity_cancelled' and person_id = tests.id('volunteer')), '天冷了');
select is(pg_temp.edit('all', '{"start": "18:00"}'), '409 series_ended');

select * from finish();
