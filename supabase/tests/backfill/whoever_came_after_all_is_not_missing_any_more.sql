select plan(4);

select tests.claim('volunteer2', 'shift');
select tests.at('2026-11-20 11:30');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift')));
select is(tests.run('volunteer2', format('select backfill_service(tests.a(), %L, %L, ''2026-11-20 09:00+08'', ''2026-11-20 10:00+08'', ''我在后厨'')', tests.id('b'), tests.id('shift'))), 'ok');
select tests.run('leader', format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('b'))), tests.run('worker', format('select review_backfill(tests.a(), tests.new(), %L, true)', tests.id('b')));
select is(tests.signup('volunteer2', 'shift'), 'attended');
select is((select status from strikes where person_id = tests.id('volunteer2')), 'cancelled');
select is(tests.minutes('volunteer2'), 60);

select * from finish();
