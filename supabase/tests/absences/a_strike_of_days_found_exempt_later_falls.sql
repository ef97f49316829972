select plan(4);

select tests.claim('volunteer2', 'shift');
select tests.at('2026-11-20 11:30');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift')));
select is((select status from strikes where person_id = tests.id('volunteer2')), 'active');
select is(tests.run('worker', format('select ask_exemption(tests.a(), tests.new(), ''illness'', ''2026-11-19'', ''2026-11-25'', null, %L)', tests.id('volunteer2'))), 'ok', 'set by the office at once');
select is((select status from strikes where person_id = tests.id('volunteer2')), 'cancelled');
select is(tests.signup('volunteer2', 'shift'), 'excused');

select * from finish();
