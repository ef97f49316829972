select plan(3);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L, %L)', tests.id('shift'), tests.id('volunteer on shift'), tests.shanghai('2026-11-20 09:02:01'))), '422 time_in_the_future');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L, %L)', tests.id('shift'), tests.id('volunteer on shift'), 'infinity')), '422 time_in_the_future');
select tests.at('2026-11-22 09:00:01');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L, %L)', tests.id('shift'), tests.id('volunteer on shift'), tests.shanghai('2026-11-20 09:00'))), '422 scan_too_old');

select * from finish();
