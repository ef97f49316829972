select plan(5);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 11:00');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift')));
select is(tests.value('volunteer', 'select count(*) from strikes'), '1');
select is(tests.value('worker', 'select count(*) from strikes'), '1');
select is(tests.value('volunteer2', 'select count(*) from strikes'), '0');
select is(tests.value('leader', 'select count(*) from strikes'), '0');
select is(tests.value('b_worker', 'select count(*) from strikes'), '0');

select * from finish();
