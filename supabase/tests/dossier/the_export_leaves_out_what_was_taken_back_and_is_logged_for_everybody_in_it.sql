select plan(7);

select tests.make_served(tests.a(), 'volunteer2', 'past', 'cleanup', 'leader'), tests.make_served(tests.a(), 'elder', 'past', 'cleanup', 'leader');
select tests.value('worker', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer2 on past''), ''记错'')');
create temp table made as select tests.value('worker', 'select export_service(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-30'', ''上报'')') -> 'rows' as rows;
select results_eq($$ select e ->> 'name', e ->> 'minutes', e ->> 'unit_name' from made, jsonb_array_elements(rows) e order by 1 desc $$,
  $$ values ('王小明', '120', '甲社区'), ('候奶奶', '120', '甲社区') $$);
select is_empty($$ select 1 from made where rows::text ~ '144[0-9]{8}|person_id' $$);
select results_eq($$ select person_id from public.access_logs where what = 'service_export' order by 1 $$,
  $$ select id from (values (tests.id('elder')), (tests.id('volunteer'))) v (id) order by 1 $$);
select is(tests.run('worker', 'select export_service(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-30'', '''')'), '400 field_required');
select is(tests.run('worker', 'select export_service(tests.a(), tests.new(), ''2025-01-01'', ''2026-11-30'', ''x'')'), '400 field_invalid');
select is(tests.run('leader', 'select export_service(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-30'', ''x'')'), '403 not_allowed');
select is(tests.run('worker', 'select export_service(tests.b(), tests.new(), ''2026-11-01'', ''2026-11-30'', ''x'')'), '403 not_a_member');

select * from finish();
