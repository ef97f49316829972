select plan(3);

select tests.value('volunteer', 'select issue_certificate(tests.a(), tests.id(''c''), ''2026-11-01'', ''2026-11-16'')');
select tests.value('volunteer', 'select request_correction(tests.a(), tests.new(), ''wrong_time'', ''我多待了一会'', tests.id(''record volunteer on past''))');
select is(tests.run('volunteer', 'select erase_me(tests.a(), tests.new())'), 'ok');
select results_eq($$ select holder_name, volunteer_no, content, status, ended_why from public.certificates where id = tests.id('c') $$,
  $$ values ('*', null::text, '[]'::jsonb, 'revoked', 'erased') $$);
select is((select count(*)::int from public.correction_requests where note is not null), 0);

select * from finish();
