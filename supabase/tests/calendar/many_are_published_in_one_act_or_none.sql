select plan(8);

create function pg_temp.publish(p_who text, variadic p_names text[]) returns text language sql as $$
  select tests.run(p_who, format('select publish_activities(tests.a(), tests.new(), %L)', (select array_agg(tests.id(n)) from unnest(p_names) n)))
$$;
select tests.make_activity(tests.a(), 'second', 'blue', 'pending_review'), tests.make_shift('second shift', '2026-11-28 09:00', 60, 5, 'second');
update activities set created_by = tests.id('leader') where id in (tests.id('draft'), tests.id('second'));
select is(pg_temp.publish('leader', 'draft', 'second'), '403 not_allowed');
select is(pg_temp.publish('worker', 'draft', 'b_draft'), '404 activity_unknown');
update activities set risk_note = null where id = tests.id('draft');
select is(pg_temp.publish('worker', 'draft', 'second'), '422 activities_not_publishable');
select is(tests.params('worker', format('select publish_activities(tests.a(), tests.new(), %L)', array[tests.id('draft'), tests.id('second'), tests.id('cleanup')])) -> 'count', '2', 'a published one is named, too');
select is((select status from activities where id = tests.id('second')), 'pending_review', 'none was published');
update activities set risk_note = '小心台阶' where id = tests.id('draft');
select is(pg_temp.publish('worker', 'draft', 'second'), 'ok');
select is((select string_agg(status, ' ') from activities where id in (tests.id('draft'), tests.id('second'))), 'published published');
select is((select params ->> 'count' from notifications where kind = 'activities_published'), '2', 'their author is told once');

select * from finish();
