select plan(7);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 11:00');
select tests.run('leader', format('select mark_no_show(tests.a(), tests.id(''strike''), %L)', tests.id('volunteer on shift')));
select is(tests.run('volunteer2', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')'), '404 strike_unknown');
select is(tests.run('leader', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')'), '404 strike_unknown');
select tests.at('2026-11-27 11:00:01');
select is(tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')'), '422 appeal_too_late');
select tests.at('2026-11-27 11:00');
select is(tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), '' '')'), '400 field_required');
select is(tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''我来了'')'), 'ok');
select is(tests.run('volunteer', 'select appeal_strike(tests.a(), tests.new(), tests.id(''strike''), ''真的来了'')'), '409 strike_not_appealable');
select is((select status || appeal_text from strikes where id = tests.id('strike')), 'appealed我来了');

select * from finish();
