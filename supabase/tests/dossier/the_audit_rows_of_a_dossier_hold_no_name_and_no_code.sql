select plan(2);

select tests.value('volunteer', 'select issue_certificate(tests.a(), tests.id(''c''), ''2026-11-01'', ''2026-11-16'')');
select tests.value('volunteer', 'select request_correction(tests.a(), tests.id(''q''), ''not_mine'', ''那天我没来'', tests.id(''record volunteer on past''))');
select tests.value('worker', 'select export_service(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-30'', ''上报'')');
select is((select count(*)::int from public.audit_logs where command in ('issue_certificate', 'request_correction', 'export_service')), 3);
select is_empty($$ select 1 from public.audit_logs l where concat(l.detail, l.result) ~ '小明|没来' or concat(l.detail, l.result) like '%' || (select code from public.certificates limit 1) || '%' $$);

select * from finish();
