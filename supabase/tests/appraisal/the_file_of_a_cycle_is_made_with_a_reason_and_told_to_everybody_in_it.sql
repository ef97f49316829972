select plan(6);
\ir _cycle.sql
select tests.published('pioneer');
select is(tests.run('worker', format('select export_cycle(tests.a(), tests.new(), %L, ''上报'')', tests.id('pioneer'))), '404 cycle_unknown');
select is(tests.run('secretary', format('select export_cycle(tests.a(), tests.new(), %L, '''')', tests.id('pioneer'))), '400 field_required');
create temp table file as select tests.value('secretary', format('select export_cycle(tests.a(), %L, %L, ''上报街道'')', tests.id('x'), tests.id('pioneer'))) as f;
select is((select jsonb_agg(r ->> 'name' order by r ->> 'name') from file, jsonb_array_elements(f -> 'rows') r), '["王小明", "赵二"]'::jsonb);
select is((select jsonb_array_length(r -> 'lines') from file, jsonb_array_elements(f -> 'rows') r limit 1), 5);
select is((select count(*)::int from access_logs where what = 'appraisal_export'), 2);
select doesnt_match((select string_agg(result::text, ' ') from audit_logs where command = 'export_cycle'), '王|赵');

select * from finish();
