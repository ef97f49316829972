select plan(7);

select tests.claim('volunteer', 'shift'), tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 10:00');
create temp table mine as select tests.value('volunteer', 'select point_statement(tests.a())') as j;
select is((select array_agg((x ->> 'balance_after')::int order by n) from mine, jsonb_array_elements(j -> 'entries') with ordinality e (x, n)), array[30, 20]);
select is((select array_agg(x ->> 'title' order by n) from mine, jsonb_array_elements(j -> 'entries') with ordinality e (x, n)), array['cleanup', 'cleanup']);
select is((select j #>> '{entries,1,record_id}' from mine), tests.id('record volunteer on past')::text);
select is(jsonb_array_length(tests.value('volunteer', 'select point_statement(tests.a(), ''spent'')') -> 'entries'), 0);
select is(jsonb_array_length(tests.value('volunteer', 'select point_statement(tests.a(), ''earned'', 2026)') -> 'entries'), 2);
select is(tests.run('neighbour', 'select point_statement(tests.a(), ''all'', null, 50, tests.id(''volunteer''))'), '403 not_allowed');
select is(tests.run('worker', 'select point_ledger_of(tests.a(), tests.new(), tests.id(''volunteer''), ''核对'')'), 'ok');

select * from finish();
