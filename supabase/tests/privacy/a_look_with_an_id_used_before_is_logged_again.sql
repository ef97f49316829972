select plan(9);

create temp table before as select what, count(*)::int as n from public.access_logs where viewer_person_id = tests.id('worker') group by 1;
grant select on before to public;
create function tests.looks(p_what text) returns int language sql as $$
  select count(*)::int - coalesce((select n from before where what = p_what), 0) from public.access_logs where viewer_person_id = tests.id('worker') and what = p_what
$$;

select is(tests.run('worker', format('select reveal_person(tests.a(), %L, %L, ''通知停水'')', tests.id('look'), tests.id('resident'))), 'ok');
select is(tests.run('worker', format('select reveal_person(tests.a(), %L, %L, ''通知停水'')', tests.id('look'), tests.id('resident'))), 'ok');
select is(tests.looks('contact'), 2);
select is(tests.run('worker', 'select reveal_wish(tests.a(), tests.id(''wish look''), tests.id(''reviewing wish''), ''回访'')'), 'ok');
select is(tests.run('worker', 'select reveal_wish(tests.a(), tests.id(''wish look''), tests.id(''reviewing wish''), ''回访'')'), 'ok');
select is(tests.looks('wish'), 2);
select is(tests.run('worker', format('select point_ledger_of(tests.a(), tests.id(''points look''), %L, ''核对'')', tests.id('resident')))
  || tests.run('worker', format('select point_ledger_of(tests.a(), tests.id(''points look''), %L, ''核对'')', tests.id('resident'))), 'okok');
select is(tests.looks('points'), 2);
select tests.run('worker', 'select export_service(tests.a(), tests.id(''export''), ''2026-01-01'', ''2026-12-31'', ''上报'')') from generate_series(1, 2);
select ok(tests.looks('service_export') > 0 and tests.looks('service_export') % 2 = 0, 'everybody in the file is told twice');

select * from finish();
