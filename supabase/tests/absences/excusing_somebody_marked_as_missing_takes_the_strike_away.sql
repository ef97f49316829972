select plan(4);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 11:00');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift')));
select is(tests.taken('shift'), 1);
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer on shift'), '点错了')), 'ok');
select is((select status from strikes where id = tests.id('strike')), 'cancelled');
select is(tests.taken('shift'), 0);

select * from finish();
