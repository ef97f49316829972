select plan(4);

select tests.claim('volunteer', 'shift');
select is(tests.scan('check_out', 'volunteer', 'shift', '2026-11-20 09:00'), '409 not_checked_in');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:30'), 'ok');
select is(tests.run('leader', format('select check_out(tests.a(), tests.new(), %L, null, %L, %L)', tests.id('shift'), tests.id('volunteer on shift'), tests.shanghai('2026-11-20 09:10'))), '422 out_before_in');
select is(tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:31'), '409 already_checked_in');

select * from finish();
