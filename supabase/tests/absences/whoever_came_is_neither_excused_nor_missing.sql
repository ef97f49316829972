select plan(2);

select tests.claim('volunteer', 'shift'), tests.scan('check_in', 'volunteer', 'shift', '2026-11-20 09:00'), tests.at('2026-11-20 12:00');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer on shift'), '生病')), '409 already_checked_in');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '409 already_checked_in');

select * from finish();
