select plan(8);

select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-10-01'', ''2026-10-31'')'), '422 no_records_in_period');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-10'', ''2026-11-09'')'), '400 field_invalid');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-30'')'), '400 field_invalid', 'not for days to come');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), null, ''2026-11-16'')'), '400 field_required');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-16'', array[tests.id(''record b_volunteer on b_past'')])'), '404 record_unknown');
select tests.value('worker', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''记错'')');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-16'')'), '422 no_records_in_period');
select is(tests.run('volunteer', 'select issue_certificate(tests.a(), tests.new(), ''2026-11-01'', ''2026-11-16'', array[tests.id(''record volunteer on past'')])'), '404 record_unknown');
select is(tests.run('volunteer', 'select issue_certificate(tests.b(), tests.new(), ''2026-11-01'', ''2026-11-16'')'), '403 not_a_member');

select * from finish();
