select plan(8);

select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.id(''c''), ''2026-11-01'', ''2026-11-16'')'), 'ok');
create temp table printed as select tests.value('volunteer', 'select read_certificate(tests.a(), tests.id(''c''))') as c;
select is(c ->> 'holder_name', '王小明', 'printed with the full name for its holder') from printed;
create temp table checked as select tests.value('anonymous', format('select verify_certificate(%L)', lower(regexp_replace(p.c ->> 'code', '(.{5})', '\1 - ', 'g')))) as v from printed p;
select is(v - array['kind', 'award', 'number', 'content', 'ended_on', 'ended_why'], jsonb_build_object('status', 'valid', 'holder_masked', '王*明', 'period_from', '2026-11-01',
  'period_to', '2026-11-16', 'minutes', 120, 'times', 1, 'unit_name', '甲社区', 'issued_on', '2026-11-16')) from checked;
select is(v -> 'content', '[{"times": 1, "minutes": 120, "category": "environment"}]'::jsonb, 'the kind of service, not where somebody was when') from checked;
select is_empty($$ select 1 from checked where v::text ~ '小明|V0|144' $$);
select is(tests.run('anonymous', 'select verify_certificate(''00000-00000-00000-00001'')'), '404 certificate_unknown');
select is(tests.run('anonymous', format('select verify_certificate(%L)', c ->> 'number')), '404 certificate_unknown', 'the number alone opens nothing') from printed;
select is(tests.run('anonymous', 'select * from certificates'), '42501 permission denied for table certificates');

select * from finish();
