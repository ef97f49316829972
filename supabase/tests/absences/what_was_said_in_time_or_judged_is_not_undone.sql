select plan(6);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.at('2026-11-19 22:00');
select is(tests.run('volunteer', format('select excuse_absence(tests.a(), tests.new(), %L, ''发烧了'')', tests.id('volunteer on shift'))), 'ok');
select tests.at('2026-11-20 12:00');
select is(tests.run('leader', format('select undo_attendance(tests.a(), tests.new(), %L, ''不算'')', tests.id('volunteer on shift'))), '409 excuse_stands', 'said in time');
select tests.run('leader', format('select mark_no_show(tests.a(), %L, %L)', tests.id('strike'), tests.id('volunteer2 on shift')));
select tests.run('volunteer2', format('select appeal_strike(tests.a(), tests.new(), %L, ''我请过假'')', tests.id('strike')));
select is(tests.run('worker', format('select answer_appeal(tests.a(), tests.new(), %L, false, ''属实'')', tests.id('strike'))), 'ok');
select is(tests.run('leader', format('select undo_attendance(tests.a(), tests.new(), %L, ''不算'')', tests.id('volunteer2 on shift'))), '409 excuse_stands', 'judged by the office');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift'))), '409 signup_not_markable');
select is(tests.balance('volunteer2'), 0);

select * from finish();
