select plan(14);

select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.id(''back''), tests.id(''record volunteer on past''), ''记错了人'')'), 'ok');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.id(''back''), tests.id(''record volunteer on past''), ''记错了人'')'), 'ok', 'sent twice, taken back once');
select is(tests.minutes('volunteer'), 0);
select is(tests.balance('volunteer'), 0);
select is((select earned from point_accounts where id = tests.id('volunteer')), 0);
select is((select sum(remaining)::int from point_lots where person_id = tests.id('volunteer')), 0);
select is((select sum(points)::int from point_entries where person_id = tests.id('volunteer')), 0);
create temp table mine as select tests.value('volunteer', 'select my_service(tests.a())') as j;
select is((select array[j ->> 'minutes_total', j ->> 'minutes_year', j ->> 'times_year', j ->> 'balance', j ->> 'points_month', j #>> '{months,0,minutes}'] from mine), array['0', '0', '0', '0', '0', '0']);
select is((select string_agg(x ->> 'minutes' || '/' || (x ->> 'points'), ' ' order by (x ->> 'minutes')::int) from mine, jsonb_array_elements(j -> 'records') x), '-120/-20 120/20', 'both stay readable');
select is((select status from attendances where id = tests.id('volunteer on past')), 'reversed');
select is((select params - 'title' from notifications where kind = 'service_reversed'), '{"minutes": 120, "points": 20, "reason": "记错了人"}');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''再一次'')'), '409 record_already_reversed');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''back''), ''反悔'')'), '409 record_already_reversed', 'nor is a reversal reversed');
select is_empty($$ select 1 from audit_logs where detail::text like '%记错%' or result::text like '%记错%' $$, 'the reason is in no audit row');

select * from finish();
