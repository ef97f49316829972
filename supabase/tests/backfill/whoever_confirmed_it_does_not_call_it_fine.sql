select plan(2);

select tests.make_shift('m' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 18:00'), 60, 9) from generate_series(1, 3) n;
select tests.make_shift('s' || n, ('2026-11-' || lpad((n + 1)::text, 2, '0') || ' 15:00'), 60, 9) from generate_series(1, 3) n;
select tests.make_served(tests.a(), 'leader', 'm' || n, 'repair', 'volunteer2', 60), tests.make_served(tests.a(), 'volunteer2', 's' || n, 'cleanup', 'leader', 60) from generate_series(1, 3) n;
-- One of them was let in by the worker.
update attendances set checked_in_by = tests.id('worker') where id = tests.id('volunteer2 on s1');
create function pg_temp.fine(p_who text) returns text language sql as $$
  select tests.run(p_who, format('select review_spot_check(tests.a(), tests.new(), %L, ''没有问题'')', (select id from private.spot_flags(tests.a(), private.now() - interval '60 days') where kind = 'mutual')))
$$;
select is(pg_temp.fine('worker'), '403 confirmed_it_oneself');
select is(pg_temp.fine('secretary'), 'ok');

select * from finish();
