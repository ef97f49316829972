select plan(2);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.scan('check_in', 'volunteer2', 'shift', '2026-11-20 09:00'),
  tests.run('leader', format('select check_out(tests.a(), tests.new(), %L, null, %L, %L)', tests.id('shift'), tests.id('volunteer2 on shift'), tests.shanghai('2026-11-20 09:00')));
update attendances set minutes = 60 where id = tests.id('volunteer2 on shift');
select tests.serve('volunteer', 'shift', '2026-11-20 09:01', '2026-11-20 11:00');
select is((select provenance from service_records where signup_id = tests.id('volunteer on shift')), 'scanned');
select is((select provenance from service_records where signup_id = tests.id('volunteer2 on shift')), 'leader_confirmed');

select * from finish();
