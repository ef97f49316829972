select plan(1);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.digits('volunteer'))), 'ok');

select * from finish();
