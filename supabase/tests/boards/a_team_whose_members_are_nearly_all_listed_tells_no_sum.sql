select plan(3);
\ir _crowd.sql
create function tests.green() returns text language sql as $$
  select coalesce(e ->> 'hours', '-') from jsonb_array_elements(tests.value('anonymous', 'select board(tests.a(), ''corps_hours'', ''2026-11'')') -> 'entries') e where e ->> 'team' = 'green_eco'
$$;
select tests.make_shift('green day', '2026-11-12 09:00', 60, 50);
-- p1 … p8 are listed by name, p9 is not: their sums taken from the team's would be what p9 did.
select tests.make_served(tests.a(), 'p' || n, 'green day', 'cleanup', 'leader', 60) from generate_series(1, 9) n;
update public.board_totals set is_shown = true where person_id not in (select tests.id('p' || n) from generate_series(1, 12) n);
select is(tests.green(), '-', 'one who is not listed');
select tests.make_served(tests.a(), 'p10', 'green day', 'cleanup', 'leader', 60);
select is(tests.green(), '-', 'two');
select tests.make_served(tests.a(), 'p11', 'green day', 'cleanup', 'leader', 60);
select isnt(tests.green(), '-', 'three are not told apart');
select * from finish();
