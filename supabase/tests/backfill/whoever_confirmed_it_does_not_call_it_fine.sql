select plan(5);

select tests.make_shift('m' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 18:00'), 60, 9) from generate_series(1, 3) n;
select tests.make_shift('s' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 15:00'), 60, 9) from generate_series(1, 3) n;
select tests.make_served(tests.a(), 'leader', 'm' || n, 'repair', 'volunteer2', 60), tests.make_served(tests.a(), 'volunteer2', 's' || n, 'cleanup', 'leader', 60) from generate_series(1, 3) n;
-- One of them was let in by the worker.
update attendances set checked_in_by = tests.id('worker') where id = tests.id('volunteer2 on s1');
create function pg_temp.fine(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select review_spot_check(tests.a(), tests.new(), %L, ''没有问题'')', (select id from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'mutual')))
$$;
create function pg_temp.why_not(p_who text) returns text language sql as $$
  select x ->> 'why_not' from jsonb_array_elements(tests.value(p_who, 'select spot_check_desk(tests.a())') -> 'flags') x where x ->> 'kind' = 'mutual'
$$;
select is(pg_temp.why_not('worker'), 'confirmed_it_oneself', 'the desk says so before');
select is(pg_temp.why_not('secretary'), null);
select tests.make_helper(tests.a(), 'volunteer2', 'secretary');
select is(pg_temp.fine('secretary') || ' ' || pg_temp.why_not('secretary'), '403 own_request own_request', 'nor who helps one of the two');
delete from helper_links where id = tests.id('secretary helps volunteer2');
select is(pg_temp.fine('worker'), '403 confirmed_it_oneself');
select is(pg_temp.fine('secretary'), 'ok');

select * from finish();
