select plan(9);

select tests.make_served(tests.a(), 'elder', 'past', 'cleanup', 'leader');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.id(''c1''), ''2026-11-01'', ''2026-11-16'', null, tests.id(''elder''))'), 'ok', 'a helper');
select is(tests.run('worker', 'select issue_certificate(tests.a(), tests.id(''c2''), ''2026-11-01'', ''2026-11-16'', null, tests.id(''elder''))'), 'ok', 'the office');
select is(tests.run('leader', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-16'', null, tests.id(''elder''))'), '403 not_allowed');
select is(tests.run('resident', 'select read_certificate(tests.a(), tests.id(''c1''))'), '404 certificate_unknown');
select is(tests.value('volunteer', 'select read_certificate(tests.a(), tests.id(''c1''))') ->> 'holder_name', '候奶奶');
select is((select count(*)::int from public.access_logs where person_id = tests.id('elder') and what = 'certificate'), 0, 'a helper is no stranger');
select is(tests.value('worker', 'select read_certificate(tests.a(), tests.id(''c1''))') ->> 'holder_name', '候奶奶');
select is((select viewer_person_id from public.access_logs where person_id = tests.id('elder') and what = 'certificate'), tests.id('worker'), 'the look of the office is logged');
select results_eq($$ select number from public.certificates where person_id = tests.id('elder') order by 1 $$, array['2026-000001', '2026-000002']);

select * from finish();
