select plan(7);

select tests.make_shift('past2', '2026-11-12 09:00', 90), tests.make_served(tests.a(), 'volunteer', 'past2', 'cleanup', 'leader', 90);
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.id(''both''), ''2026-11-01'', ''2026-11-16'')'), 'ok');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.id(''other''), ''2026-11-01'', ''2026-11-16'', array[tests.id(''record volunteer on past2'')])'), 'ok');
select is(tests.run('worker', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''记错'')'), 'ok');
select results_eq($$ select id, status, ended_why from public.certificates where person_id = tests.id('volunteer') order by minutes desc $$,
  $$ values (tests.id('both'), 'revoked', 'record_reversed'), (tests.id('other'), 'valid', null) $$);
select is(tests.value('anonymous', format('select verify_certificate(%L)', c.code)) - 'number',
  '{"kind": "service", "unit_name": "甲社区", "issued_on": "2026-11-16", "status": "revoked", "ended_on": "2026-11-16", "ended_why": "record_reversed"}'::jsonb,
  'of what ended the check tells only that') from public.certificates c where c.id = tests.id('both');
select isnt_empty($$ select 1 from public.notifications where person_id = tests.id('volunteer') and kind = 'certificate_revoked' $$);
select tests.value('volunteer', 'select issue_certificate(tests.a(), tests.id(''again''), ''2026-11-01'', ''2026-11-16'', null, null, tests.id(''both''))');
select is((select minutes from public.certificates where id = tests.id('again')), 90, 'a new one stands on what still counts');

select * from finish();
