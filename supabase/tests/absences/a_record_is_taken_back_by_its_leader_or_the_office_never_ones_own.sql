select plan(6);

select is(tests.run('volunteer', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''x'')'), '404 record_unknown');
select is(tests.run('other_leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''x'')'), '404 record_unknown');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record b_volunteer on b_past''), ''x'')'), '404 record_unknown');
select is(tests.run('worker', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), '''')'), '400 field_required');
select is(tests.run('worker', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''记错'')'), 'ok');
select tests.make_shift('mine', '2026-11-12 09:00'), tests.make_served(tests.a(), 'leader', 'mine', 'cleanup', 'worker');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record leader on mine''), ''x'')'), '403 own_attendance');

select * from finish();
