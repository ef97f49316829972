-- What the tests of series share: one of the green corps on Wednesdays, and a look at its times.
create function pg_temp.series(p_change jsonb default '{}', p_who text default 'leader') returns text language sql as $$
  select tests.run(p_who, format('select create_series(tests.a(), tests.new(), %L, %L)', tests.id('series'), jsonb_build_object('corps_id', tests.id('green'), 'title', '周三护绿',
    'category', 'environment', 'risk_note', '注意车辆', 'place_id', tests.id('place'), 'frequency', 'weekly', 'weekdays', '[3]'::jsonb, 'start', '19:30', 'minutes', 90,
    'first_on', '2026-11-18', 'until_on', '2026-12-16', 'roles', '[{"name": "helper", "capacity": 2}]'::jsonb) || p_change))
$$;
create function pg_temp.edit(p_scope text, p_change jsonb, p_day text default null, p_keep boolean default false, p_who text default 'leader') returns text language sql as $$
  select tests.run(p_who, format('select edit_series(tests.a(), tests.new(), %L, %L, %L, %L, %L)', tests.id('series'), p_scope, p_change, p_day, p_keep))
$$;
create function pg_temp.publish() returns text language sql as $$
  select tests.run('worker', format('select publish_activities(tests.a(), tests.new(), %L)',
    (select array_agg(o.activity_id) from public.series_occurrences o join public.activities a on a.id = o.activity_id
     where o.series_id = tests.id('series') and o.state = 'live' and a.status in ('draft', 'pending_review'))))
$$;
-- The days on which it takes place, in Shanghai.
create function pg_temp.days(p_format text default 'MM-DD') returns text language sql security definer as $$
  select string_agg(to_char(s.starts_at at time zone 'Asia/Shanghai', p_format), ' ' order by s.starts_at)
  from public.series_occurrences o join public.shifts s on s.id = o.shift_id where o.series_id = tests.id('series') and o.state = 'live'
$$;
create function pg_temp.shift(p_day text) returns uuid language sql security definer as $$
  select o.shift_id from public.series_occurrences o where o.series_id = tests.id('series') and o.original_on = p_day::date
$$;
create function pg_temp.sign_up(p_who text, p_day text) returns text language sql as $$
  select tests.run(p_who, format('select claim_shift(tests.a(), tests.new(), %L)', pg_temp.shift(p_day)))
$$;
create function pg_temp.status(p_who text, p_day text) returns text language sql security definer as $$
  select g.status from public.signups g where g.person_id = tests.id(p_who) and g.shift_id = pg_temp.shift(p_day) order by g.queue_no desc limit 1
$$;
