\ir _series.sql
select plan(6);

select pg_temp.series();
select is(pg_temp.edit('all', '{"risk_note": "注意滑倒"}'), 'ok', 'a draft is the leader''s');
select pg_temp.publish();
select is(pg_temp.edit('all', '{"risk_note": "没有"}'), '403 series_safety_needs_office');
select is(pg_temp.edit('all', '{"risk_note": "注意结冰"}', null, false, 'worker'), 'ok');
select is(pg_temp.edit('all', '{"until_on": "2026-12-23"}'), 'ok');
select is((select a.status from activities a join series_occurrences o on o.activity_id = a.id where o.original_on = '2026-12-23'), 'pending_review', 'a further time of an open series waits for the office');
select is(tests.run('leader', format('select save_activity(tests.a(), tests.new(), %L, %L)', (select activity_id from series_occurrences where original_on = '2026-12-23'),
  jsonb_build_object('corps_id', tests.id('green'), 'title', 'x', 'category', 'environment', 'shifts', '[]'::jsonb))), '409 activity_in_series');

select * from finish();
