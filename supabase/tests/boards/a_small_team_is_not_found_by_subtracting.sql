-- What the whole and the shown teams, or a quarter and its shown months, leave over is never the sum of a few people.
select plan(10);
\ir _crowd.sql
-- Nobody is listed by name here: what is asked is the size of teams.
update public.consents set withdrawn_at = private.now() where purpose = 'boards' and withdrawn_at is null;
-- October is open still.
select tests.at('2026-11-06 09:00');
insert into public.corps (community_id, id, color, name, founded_on) values (tests.a(), tests.id('yellow'), 'yellow_patrol', '黄队', '2026-01-01');
select tests.make_activity(tests.a(), 'patrol', 'yellow');
select tests.make_shift('green day', '2026-11-12 09:00', 60, 50), tests.make_shift('blue day', '2026-11-12 13:00', 60, 50, 'repair'),
  tests.make_shift('yellow day', '2026-11-12 15:00', 60, 50, 'patrol'), tests.make_shift('yellow October', '2026-10-20 15:00', 60, 50, 'patrol');
create function tests.teams(p_period text) returns text language sql as $$
  select string_agg((e ->> 'team') || ':' || coalesce(e ->> 'hours', '-'), ' ' order by e ->> 'team')
  from jsonb_array_elements(tests.value('anonymous', format('select board(tests.a(), ''corps_hours'', %L)', p_period)) -> 'entries') e
$$;
select tests.make_served(tests.a(), 'p' || n, 'green day', 'cleanup', 'leader', 60) from generate_series(1, 9) n;
select tests.make_served(tests.a(), 'p' || n, 'blue day', 'repair', 'leader', 60) from generate_series(1, 7) n;
select tests.make_served(tests.a(), 'p' || n, 'yellow day', 'patrol', 'leader', 60) from generate_series(1, 5) n;
select is(tests.teams('2026-11'), 'blue_repair:7 green_eco:11 yellow_patrol:5');
select is(tests.teams('2026-Q4'), 'blue_repair:7 green_eco:11 yellow_patrol:5');
-- Two of yellow in October: the month is hidden, and the quarter would tell it.
select tests.make_served(tests.a(), 'p' || n, 'yellow October', 'patrol', 'leader', 60) from generate_series(6, 7) n;
select is(tests.teams('2026-10'), 'yellow_patrol:-');
select is(tests.teams('2026-Q4'), 'blue_repair:- green_eco:11 yellow_patrol:-', 'the quarter of yellow less November is October; the whole less green and blue is the quarter of yellow');
select is(tests.teams('2026-11'), 'blue_repair:7 green_eco:11 yellow_patrol:5', 'November tells nothing');
-- Five in October: nothing to hide any more.
select tests.make_served(tests.a(), 'p' || n, 'yellow October', 'patrol', 'leader', 60) from generate_series(8, 10) n;
select is(tests.teams('2026-Q4'), 'blue_repair:7 green_eco:11 yellow_patrol:10');
-- The same of grids: four of the second served in November, five in the quarter.
create function tests.grids(p_period text) returns text language sql as $$
  select string_agg((e ->> 'name') || ':' || (e ->> 'hours' is not null), ' ' order by e ->> 'name')
  from jsonb_array_elements(tests.value('anonymous', format('select board(tests.a(), ''grid_hours'', %L)', p_period)) -> 'entries') e
$$;
update public.persons set grid_id = tests.id('grid2') where community_id = tests.a() and id in (select tests.id('p' || n) from generate_series(6, 12) n);
select is(tests.grids('2026-11') || ', ' || tests.grids('2026-Q4'), '一片:false 二片:false, 一片:false 二片:false', 'the quarter less October would be November');
select tests.make_served(tests.a(), 'p10', 'green day', 'cleanup', 'leader', 60);
select is(tests.grids('2026-11') || ', ' || tests.grids('2026-Q4'), '一片:true 二片:true, 一片:true 二片:true');
select is(private.few_of(array[9, 3, 0, 7, 8], 5), array[false, true, false, true, false], 'a single small group takes the smallest of the others along');
select is(private.few_of(array[9, 3, 2, 7, 8], 5), array[false, true, true, false, false], 'two that are enough together do not');
select * from finish();
