select plan(10);

create function pg_temp.settle(p_who text default 'leader') returns text language sql as $$
  select tests.run(p_who, format('select settle_activity(tests.a(), tests.new(), %L)', tests.id('party')))
$$;
select tests.make_activity(tests.a(), 'party', 'green'), tests.make_shift('fest', '2026-11-18 09:00', 60, 5, 'party');
select tests.claim('volunteer2', 'fest'), tests.claim('volunteer3', 'fest');
select is(pg_temp.settle(), '422 activity_not_ended');
select is(tests.run('leader', format('select save_summary(tests.a(), tests.new(), %L, ''热闹'')', tests.id('party'))), '422 activity_not_ended');
select tests.scan('check_in', 'volunteer2', 'fest', '2026-11-18 08:58'), tests.scan('check_out', 'volunteer2', 'fest', '2026-11-18 10:00');
select is(tests.params('leader', format('select settle_activity(tests.a(), tests.new(), %L)', tests.id('party'))) ->> 'n', '2', 'one to confirm, one neither here nor missing');
select is(pg_temp.settle('other_leader'), '403 not_allowed');
select tests.run('leader', format('select confirm_attendance(tests.a(), tests.new(), %L)', tests.id('fest'))), tests.run('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer3 on fest')));
select is(tests.run('leader', format('select save_summary(tests.a(), tests.new(), %L, ''包了三百个饺子'', 60)', tests.id('party'))), 'ok');
select is(pg_temp.settle(), 'ok');
select is((select status from activities where id = tests.id('party')), 'settled');
select is(pg_temp.settle(), '409 activity_wrong_status');
select is((select link from notifications where person_id = tests.id('volunteer2') and kind = 'activity_settled'), '/reports/' || tests.id('party'));
select is(tests.run('leader', format('select save_summary(tests.a(), tests.new(), %L, ''改'')', tests.id('party'))), '409 activity_wrong_status', 'what was settled stays');

select * from finish();
