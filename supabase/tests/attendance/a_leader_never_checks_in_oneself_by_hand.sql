select plan(1);

select tests.claim('leader', 'shift'), tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, null, %L)', tests.id('shift'), tests.id('leader on shift'))), '403 own_attendance');

select * from finish();
