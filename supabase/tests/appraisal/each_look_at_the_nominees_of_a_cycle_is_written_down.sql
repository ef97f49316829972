select plan(7);
\ir _cycle.sql
select tests.cycle('family', 'civilized_family'), tests.nominate('family', 'volunteer', 'secretary', '王家'), tests.accept('family', 'volunteer');
create function pg_temp.looks(p_by text, p_who text default 'volunteer') returns int language sql as $$
  select count(*)::int from public.access_logs where what = 'appraisal_list' and viewer_person_id = tests.id(p_by) and person_id = tests.id(p_who)
$$;
create function pg_temp.board(p_by text) returns int language sql as $$
  select jsonb_array_length(tests.value(p_by, format('select cycle_board(tests.a(), %L)', tests.id('family'))) -> 'candidates')
$$;
select is(pg_temp.board('worker') + pg_temp.board('worker'), 2);
select is(pg_temp.looks('worker'), 1, 'once in ten minutes');
select is((select reason from access_logs where what = 'appraisal_list' limit 1), 'civilized_family 2026');
select is(pg_temp.board('branch') * pg_temp.looks('branch'), 1, 'the panel, too');
select tests.at('2026-11-16 12:00');
select is(pg_temp.board('worker') * pg_temp.looks('worker'), 2, 'a later look is one more');
-- The committee is shown a name to judge by.
select is(jsonb_array_length(tests.value('volunteer3', 'select opinions_wanted(tests.a())') -> 'nominees') + pg_temp.looks('volunteer3'), 0, 'whoever is shown nobody looked at nobody');
select is(jsonb_array_length(tests.value('street', 'select opinions_wanted(tests.a())') -> 'nominees') * pg_temp.looks('street'), 1);

select * from finish();
