select plan(15);

create function pg_temp.rule(p_name text, p_corps text, p_json jsonb) returns text language sql as $$
  select tests.run('worker', format('select save_calendar_rule(tests.a(), tests.new(), %L, %L)', tests.id(p_name), jsonb_build_object('corps_id', tests.id(p_corps), 'title', p_name,
    'category', 'environment', 'risk_note', '注意车辆', 'start', '09:00', 'minutes', 120, 'roles', '[{"name": "helper", "capacity": 10}]'::jsonb) || p_json))
$$;
create function pg_temp.make(p_year int, p_month int) returns int language sql as $$
  select (tests.value('worker', format('select make_calendar_drafts(tests.a(), tests.new(), %s, %s)', p_year, p_month)) ->> 'made')::int
$$;
create function pg_temp.drafts() returns text language sql security definer as $$
  select string_agg(a.title || to_char(s.starts_at at time zone 'Asia/Shanghai', ' MM-DD HH24:MI'), ', ' order by s.starts_at, a.title)
  from public.calendar_drafts d join public.activities a on a.id = d.activity_id join public.shifts s on s.activity_id = a.id where a.status = 'draft'
$$;
select is(pg_temp.rule('护绿', 'green', '{"kind": "service_day", "opens_days": 61}'), '400 field_invalid');
select is(pg_temp.rule('护绿', 'green', '{"kind": "service_day", "opens_days": 7}'), 'ok');
select is(pg_temp.rule('义修', 'blue', '{"kind": "service_day", "start": "14:00"}'), 'ok');
select is(pg_temp.rule('学雷锋', 'green', '{"kind": "service_month", "days": [5, 31]}'), 'ok');
select is(tests.run('leader', 'select make_calendar_drafts(tests.a(), tests.new(), 2026, 12)'), '403 not_allowed');
select is(pg_temp.make(2026, 12), 2);
select is(pg_temp.make(2026, 12), 0, 'once');
select is(pg_temp.make(2027, 3), 4, 'March has its batch beside the 28th');
select is(pg_temp.drafts(), '护绿 12-28 09:00, 义修 12-28 14:00, 学雷锋 03-05 09:00, 护绿 03-28 09:00, 义修 03-28 14:00, 学雷锋 03-31 09:00');
select is((select string_agg(distinct a.title || coalesce(to_char(s.opens_at at time zone 'Asia/Shanghai', ' MM-DD HH24:MI'), ''), ', ') from calendar_drafts d join activities a on a.id = d.activity_id
  join shifts s on s.activity_id = a.id where d.day = '2026-12-28'), '义修, 护绿 12-21 09:00', 'sign-up opens as long before as the rule says');
select is(pg_temp.make(2026, 11), 2, 'this month still has its 28th to come');
select tests.run('leader', format('select cancel_activity(tests.a(), tests.new(), %L, %L)', (select activity_id from calendar_drafts where day = '2026-12-28' and rule_id = tests.id('护绿')), '队伍休整'));
select is(pg_temp.make(2026, 12), 0, 'a discarded one is not made again');
select is((select params ->> 'count' from notifications where kind = 'calendar_drafts' and person_id = tests.id('leader') and params ->> 'month' = '3'), '3', 'the leader is told of the own ones');
select is(tests.value('worker', 'select calendar_desk(tests.a(), 2027, 2)') ->> 'missing', '2');
select is(tests.run('worker', 'select make_calendar_drafts(tests.a(), tests.new(), 2026, 13)'), '400 field_invalid');

select * from finish();
