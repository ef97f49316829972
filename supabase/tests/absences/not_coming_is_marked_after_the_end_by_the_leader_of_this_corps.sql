select plan(10);

select tests.claim('volunteer', 'shift'), tests.claim('leader', 'shift'), tests.at('2026-11-20 10:59:59');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '422 shift_not_ended');
select tests.at('2026-11-20 11:00');
select is(tests.run('other_leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '404 signup_unknown');
select is(tests.run('volunteer2', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '404 signup_unknown');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('leader on shift'))), '403 own_attendance');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift'))), 'ok');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift'))), 'ok', 'sent twice is one strike');
select is(tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '409 signup_not_markable');
select is((select status || ' ' || count(*) over () from strikes where person_id = tests.id('volunteer')), 'active 1');
select is((select params ->> 'title' from notifications where person_id = tests.id('volunteer') and kind = 'no_show_marked'), 'cleanup');
select is((select (params ->> 'appeal_ends_at')::timestamptz from notifications where person_id = tests.id('volunteer') and kind = 'no_show_marked'), tests.shanghai('2026-11-27 11:00'), 'and says how long one may object');

select * from finish();
