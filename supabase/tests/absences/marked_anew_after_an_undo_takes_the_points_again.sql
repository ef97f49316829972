select plan(3);

select tests.claim('volunteer', 'shift');
select tests.at('2026-11-20 12:00');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift')));
select is(tests.balance('volunteer'), 10);
select tests.run('leader', format('select undo_attendance(tests.a(), tests.new(), %L, ''看错了名单'')', tests.id('volunteer on shift')));
select is(tests.balance('volunteer'), 20);
select tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift')));
select is(tests.balance('volunteer'), 10);

select * from finish();
