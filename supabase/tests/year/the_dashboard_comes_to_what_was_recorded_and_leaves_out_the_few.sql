select plan(9);
do $$ begin
  for n in 1..8 loop
    perform tests.make_person(tests.a(), 'p' || n, '第某号', 1980, 5, null, case when n <= 6 then 'grid1' else 'grid2' end, null),
      tests.make_shift('g' || n, '2026-11-12 ' || lpad((8 + n)::text, 2, '0') || ':00', 60, 5), tests.make_shift('m' || n, '2026-05-12 ' || lpad((8 + n)::text, 2, '0') || ':00', 60, 5);
    perform tests.make_served(tests.a(), 'p' || n, 'g' || n, 'cleanup', 'leader', 60);
    if n <= 7 then perform tests.make_served(tests.a(), 'p' || n, 'm' || n, 'cleanup', 'leader', 60); end if;
  end loop;
end $$;
create function tests.year() returns jsonb language sql as $$ select tests.value('secretary', 'select year_dashboard(tests.a())') $$;
create function tests.row_of(p_part text, p_key text, p_value text) returns jsonb language sql as $$
  select e from jsonb_array_elements(tests.year() -> p_part) e where e ->> p_key = p_value
$$;
select is((tests.year() #>> '{totals,served}') || '/' || (tests.year() #>> '{totals,hours}'), '9/17', '8 + 7 hours and the two of the world');
select is((tests.row_of('months', 'month', '11') ->> 'people') || '/' || (tests.row_of('months', 'month', '11') ->> 'hours'), '9/10');
select is(jsonb_array_length(tests.year() -> 'months'), 11, 'up to this month');
select is(tests.row_of('months', 'month', '4') ->> 'hours', '0', 'nobody is a number');
select is(tests.row_of('grids', 'name', '二片') -> 'hours', 'null'::jsonb, 'two of the second grid: not said');
select is(tests.row_of('grids', 'name', '一片') -> 'hours', 'null'::jsonb, 'nor what would tell it: the whole less the first is the second');
select is((tests.row_of('corps', 'color', 'green_eco') ->> 'served') || '/' || (tests.row_of('corps', 'color', 'green_eco') ->> 'hours'), '9/17');
select is(tests.year() #> '{before,hours}', 'null'::jsonb, 'the half hour of one person the year before');
-- A record of a closed month that is taken back later is a correction: the year counts it, too.
select tests.at('2026-12-20 09:00');
select tests.run('secretary', format('select reverse_service_record(tests.a(), tests.new(), %L, ''记错了人'')', tests.id('record p1 on m1')));
select is((tests.year() #>> '{totals,hours}') || '/' || (tests.row_of('months', 'month', '5') ->> 'hours'), '16/6');
select * from finish();
