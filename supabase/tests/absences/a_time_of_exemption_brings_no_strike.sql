select plan(11);

select tests.claim('volunteer2', 'shift');
select is(tests.run('volunteer2', format('select ask_exemption(tests.a(), %L, ''illness'', ''2026-11-18'', ''2026-11-25'', ''住院'')', tests.id('ill'))), 'ok');
select is(private.has_exemption(tests.a(), tests.id('volunteer2'), '2026-11-20'), false, 'asking is not having');
select is(tests.run('volunteer2', format('select answer_exemption(tests.a(), tests.new(), %L, true)', tests.id('ill'))), '403 not_allowed');
select is(tests.run('worker', format('select answer_exemption(tests.a(), tests.new(), %L, false)', tests.id('ill'))), '400 field_required', 'a refusal says why');
select is(tests.run('worker', format('select answer_exemption(tests.a(), tests.new(), %L, true)', tests.id('ill'))), 'ok');
select tests.at('2026-11-20 11:30');
select is(tests.value('leader', format('select mark_no_show(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift'))) ->> 'status', 'excused');
select is((select count(*)::int from strikes where person_id = tests.id('volunteer2')), 0);
select is(tests.run('resident', 'select ask_exemption(tests.a(), tests.new(), ''illness'', ''2026-11-18'', ''2026-11-25'')'), '422 not_a_volunteer');
select is(tests.run('volunteer', format('select ask_exemption(tests.a(), tests.new(), ''illness'', ''2026-11-18'', ''2026-11-25'', null, %L)', tests.id('volunteer2'))), '403 not_allowed');
select is(tests.run('volunteer2', format('select end_exemption(tests.a(), tests.new(), %L)', tests.id('ill'))), 'ok');
select is((select status || ' ' || to_day from exemptions where id = tests.id('ill')), 'granted 2026-11-19', 'the days that passed stay exempt');

select * from finish();
