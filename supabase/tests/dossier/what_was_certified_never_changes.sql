select plan(5);

select tests.value('volunteer', 'select issue_certificate(tests.a(), tests.id(''c''), ''2026-11-01'', ''2026-11-16'')');
select throws_ok($$ update public.certificates set minutes = 9999 where id = tests.id('c') $$, 'PT409', 'append_only');
select throws_ok($$ delete from public.certificates where id = tests.id('c') $$, 'PT409', 'append_only');
select throws_ok($$ delete from public.certificate_records where certificate_id = tests.id('c') $$, 'PT409', 'append_only');
select is(tests.run('volunteer', 'select revoke_certificate(tests.a(), tests.new(), tests.id(''c''))'), 'ok');
select is(tests.run('volunteer', 'select revoke_certificate(tests.a(), tests.new(), tests.id(''c''))'), '409 certificate_not_valid');

select * from finish();
