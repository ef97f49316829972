select plan(8);

create function pg_temp.give(p_code text, p_kind text, p_day date, p_inputs jsonb default '{}') returns int language sql as $$
  select private.award_points(tests.a(), tests.id('volunteer2'), p_code, p_kind, tests.new(), p_day, p_inputs, null) $$;
select is((select array_agg(pg_temp.give('V06', 'activity', '2026-11-01')) from generate_series(1, 5)), array[10, 10, 10, 10, 0], 'four a month');
select is(pg_temp.give('V06', 'activity', '2026-12-01'), 10);
select is((select array_agg(pg_temp.give('V07', 'wish', '2026-11-01', jsonb_build_object('kind', k))) from unnest(array['goods', 'service', 'companionship', 'goods']) k), array[10, 20, 20, 0]);
select is((select array_agg(pg_temp.give('V09', 'topic', d)) from unnest(array['2026-10-01', '2026-12-31', '2026-11-15', '2027-01-01']::date[]) d), array[10, 10, 0, 10], 'two a quarter');
select is((select array_agg(pg_temp.give('V10', 'training', '2026-05-01')) from generate_series(1, 5)), array[5, 5, 5, 5, 0], 'twenty points a year');
select is((select array_agg(pg_temp.give('V11', 'feedback', '2026-11-02')) from generate_series(1, 6)), array[2, 2, 2, 2, 2, 0], 'ten points a month');
select is((select inputs - 'points' from point_entries where rule_code = 'V11' and amount = 0),
  '{"cap": "month", "cap_period": "month", "cap_points": 10, "times_before": 5, "points_before": 10}', 'the entry says which cap');
select is((select count(distinct pg_temp.give('V08', 'visit', '2026-11-03'))::int from generate_series(1, 25)), 1, 'twenty-five households a month');

select * from finish();
