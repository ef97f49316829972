select plan(7);

create function pg_temp.people(p_who text) returns text language sql as $$
  select string_agg(x ->> 'name', '、' order by x ->> 'name') from jsonb_array_elements(tests.value(p_who, 'select backfill_choices(tests.a())') -> 'shifts') s, jsonb_array_elements(s -> 'people') x
    where s ->> 'id' = tests.id('past')::text
$$;
create function pg_temp.shifts(p_who text) returns bigint language sql as $$
  select count(*) from jsonb_array_elements(tests.value(p_who, 'select backfill_choices(tests.a())') -> 'shifts') s where s ->> 'id' = tests.id('past')::text
$$;

select tests.at('2026-11-09 10:00');
select tests.claim('volunteer2', 'past');
select tests.at('2026-11-22 10:00');
select is(pg_temp.people('leader'), (select real_name from person_private where person_id = tests.id('volunteer2')));
select is(pg_temp.shifts('worker'), 1::bigint, 'the office');
select is(pg_temp.shifts('other_leader'), 0::bigint, 'not the leader of another corps');
select is(tests.run('volunteer', 'select backfill_choices(tests.a())'), '403 not_allowed');
select is(tests.run('leader', format('select backfill_service(tests.a(), %L, %L, ''2026-11-10 09:00+08'', ''2026-11-10 10:00+08'', ''合影'', %L)', tests.id('b'), tests.id('past'), tests.id('volunteer2'))), 'ok');
select is(pg_temp.people('leader'), null, 'what is filed is not asked for again');
select tests.at('2026-12-20 10:00');
select is(pg_temp.shifts('leader'), 0::bigint, 'and after the days a community gives nothing is filed');

select * from finish();
