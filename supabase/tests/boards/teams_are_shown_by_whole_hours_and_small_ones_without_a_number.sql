select plan(4);
\ir _crowd.sql
-- Nobody is listed by name here: what is asked is the size of teams.
update public.consents set withdrawn_at = private.now() where purpose = 'boards' and withdrawn_at is null;
insert into public.corps (community_id, id, color, name, founded_on) values
  (tests.a(), tests.id('yellow'), 'yellow_patrol', '黄队', '2026-01-01'), (tests.a(), tests.id('red'), 'red_relief', '红队', '2026-01-01');
select tests.make_activity(tests.a(), 'patrol', 'yellow'), tests.make_activity(tests.a(), 'relief', 'red');
select tests.make_shift('crowded', '2026-11-12 09:00', 125, 50), tests.make_shift('few', '2026-11-12 13:00', 60, 50, 'repair'),
  tests.make_shift('fewer', '2026-11-12 15:00', 60, 50, 'patrol'), tests.make_shift('some', '2026-11-12 17:00', 60, 50, 'relief');
select tests.make_served(tests.a(), 'p' || n, 'crowded', 'cleanup', 'leader', 125) from generate_series(1, 6) n;
select tests.make_served(tests.a(), 'p' || n, 'few', 'repair', 'leader', 60) from generate_series(1, 4) n;
select tests.make_served(tests.a(), 'p' || n, 'fewer', 'patrol', 'leader', 60) from generate_series(9, 11) n;
select tests.make_served(tests.a(), 'p' || n, 'some', 'relief', 'leader', 60) from generate_series(7, 12) n;
select is((select string_agg((e ->> 'team') || ':' || coalesce(e ->> 'place', '-') || ':' || coalesce(e ->> 'hours', '-') || ':' || coalesce(e ->> 'people', '-'), ' ' order by n)
  from jsonb_array_elements(tests.value('anonymous', $$select board(tests.a(), 'corps_hours', '2026-11')$$) -> 'entries') with ordinality x (e, n)),
  'green_eco:1:14:7 red_relief:2:6:6 blue_repair:-:-:- yellow_patrol:-:-:-', '6 × 125 minutes and the two hours of the world are 14 whole hours of 7 people');
select is(jsonb_array_length(tests.value('anonymous', $$select board(tests.a(), 'corps_hours', '2026-11', 50, 'blue_repair')$$) -> 'entries'), 1);
select is((select string_agg((e ->> 'team' = tests.id('grid1')::text)::text || ':' || (e ->> 'hours'), ' ') from jsonb_array_elements(
  tests.value('resident', $$select board(tests.a(), 'grid_hours', '2026')$$) -> 'entries') e), 'true:27');
select is(tests.listed('anonymous', '2026-11', tests.id('grid1')::text), tests.listed('anonymous'), 'everybody of the crowd lives in one grid');
select * from finish();
