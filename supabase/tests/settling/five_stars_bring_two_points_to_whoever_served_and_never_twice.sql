select plan(6);

create function pg_temp.rate(p_stars int, p_for uuid default null, p_kind text default 'contact') returns text language sql as $$
  select tests.run('anonymous', format('select rate_service(tests.new(), %L, %L)',
    tests.value('leader', format('select open_feedback(tests.a(), tests.new(), %L, %L, %L)', tests.id('past'), p_kind, p_for)) ->> 'code', p_stars))
$$;
select is(pg_temp.rate(5), 'ok');
select is(tests.balance('volunteer'), 22, 'twenty for two hours, two for the five stars of the team');
select pg_temp.rate(4), pg_temp.rate(5, tests.id('volunteer'));
select is(tests.balance('volunteer'), 24, 'four stars bring none, five of one''s own do');
select pg_temp.rate(5) from generate_series(1, 6);
select is(tests.balance('volunteer'), 30, 'ten a month');
-- Rated before it was confirmed: the points come with the hours.
select tests.claim('volunteer2', 'shift');
select tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 09:00');
select tests.run('anonymous', format('select rate_service(tests.new(), %L, 5)', tests.value('leader', format('select open_feedback(tests.a(), tests.new(), %L)', tests.id('shift'))) ->> 'code'));
select is(tests.balance('volunteer2'), 0);
select tests.scan('check_out', 'volunteer2', 'shift', '2026-11-20 11:00');
select tests.value('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('shift')));
select is(tests.balance('volunteer2'), 22);

select * from finish();
