select plan(7);
insert into public.org_units (id, parent_id, level, name, region_code) values (tests.id('far street'), null, 'street', '远街道', '990101009000'), (tests.id('unit C'), tests.id('far street'), 'community', '丙社区', '990101009001');
insert into public.communities (id, org_unit_id, name, method_code, method_version, created_at) values (tests.id('C'), tests.id('unit C'), '丙社区', 'tuxin', 1, '2026-01-03');
create function tests.street(p_who text) returns jsonb language sql as $$ select tests.value(p_who, 'select street_overview()') $$;
select is((select string_agg((c ->> 'name') || ':' || (c ->> 'is_mine'), ' ' order by n) from jsonb_array_elements(tests.street('street') -> 'communities') with ordinality x (c, n)),
  '甲社区:true 乙社区:false', 'every community of the street, none of another');
select is(tests.street('street') ->> 'street', '同心街道');
select is(tests.street('street') #> '{communities,0,totals,served}', 'null'::jsonb, 'one served: not said');
select is(tests.street('street') #> '{communities,0,totals,hours}', 'null'::jsonb, 'nor how long');
do $$ begin
  for n in 1..5 loop
    perform tests.make_person(tests.b(), 'q' || n, '第某号', 1980, 5, null, null, null), tests.make_shift('many ' || n, '2026-11-1' || n || ' 15:00', 90, 5, 'b_cleanup', tests.b());
    perform tests.make_served(tests.b(), 'q' || n, 'many ' || n, 'b_cleanup', 'b_leader', 90);
  end loop;
end $$;
select is((tests.street('street') #>> '{communities,1,totals,served}') || '/' || (tests.street('street') #>> '{communities,1,totals,hours}'), '6/9', 'five of 90 minutes and the two hours of the world');
select ok(tests.street('street')::text !~ '王|明|144|\*|第某号', 'no name, masked or not, and no phone');
select is((select count(*)::int from public.persons p where tests.street('street')::text like '%' || p.id || '%'), 0, 'and no id of anybody');
select * from finish();
