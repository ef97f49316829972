select plan(10);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift'), tests.at('2026-11-20 11:00');
select tests.run('worker', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift')));
select tests.run('worker', format('select mark_no_show(tests.a(), tests.id(''strike2''), %L)', tests.id('volunteer2 on shift')));
select is(tests.run('secretary', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike''), false, ''核实了'')'), '409 strike_not_appealed');
select tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')');
select tests.run('volunteer2', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike2''), ''我来了'')');
select is(tests.run('leader', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike''), false, ''核实了'')'), '403 not_allowed');
select is(tests.run('worker', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike''), true, ''没来'')'), '403 marked_it_oneself');
select is(tests.run('secretary', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike''), false, ''核实了'')'), 'ok');
select is((select status from strikes where id = tests.id('strike')), 'cancelled');
select is(tests.signup('volunteer', 'shift'), 'excused');
select is(tests.run('secretary', 'select answer_appeal(tests.a(), tests.new(), tests.id(''strike2''), true, ''监控里没有'')'), 'ok');
select is((select status from strikes where id = tests.id('strike2')), 'upheld');
select is(tests.signup('volunteer2', 'shift'), 'no_show');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '算了')), '409 signup_not_excusable', 'what the office judged, a leader does not undo');

select * from finish();
