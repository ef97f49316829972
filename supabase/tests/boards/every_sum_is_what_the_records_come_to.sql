select plan(3);
\ir _crowd.sql
select tests.at('2026-12-20 09:00');
select tests.earn('p8', 500, '2026-11-30'), tests.earn('p8', 5, '2026-12-01'), tests.earn('p8', -5, '2026-12-02');
select tests.make_served(tests.a(), 'p1', 'shift', 'cleanup', 'leader', 90), tests.make_served(tests.a(), 'p2', 'repair shift', 'repair', 'leader', 45);
select is(tests.run('secretary', format('select reverse_service_record(tests.a(), tests.new(), %L, ''记错了人'')', tests.id('record p1 on shift'))), 'ok');
prepare kept as select person_id, period, measure, scope, sum(value) from (
  select person_id, period, measure, scope, value from public.board_totals where community_id = tests.a()
  union all select person_id, period, measure, scope, value from public.board_corrections where community_id = tests.a() and period > '2025') x group by 1, 2, 3, 4;
prepare raw as select person_id, period, measure, scope, value from private.recount_boards(tests.a());
select set_eq('kept', 'raw');
select ok(exists (select from public.board_corrections where measure = 'minutes' and scope = 'green_eco'), 'a record taken back after the close is a correction by colour, too');
select * from finish();
