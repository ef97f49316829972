select plan(6);

select is(tests.run('leader', 'select declare_emergency(tests.a(), tests.new(), tests.id(''cleanup''))'), '403 not_allowed');
select is(tests.run('secretary', 'select declare_emergency(tests.a(), tests.new(), tests.id(''cleanup''))'), 'ok');
select is(tests.run('secretary', 'select declare_emergency(tests.a(), tests.new(), tests.id(''cleanup''))'), '409 emergency_declared_already');
select tests.claim('volunteer', 'shift'), tests.serve('volunteer', 'shift', '2026-11-20 09:00', '2026-11-20 11:00');
select is((select max(amount) from point_entries where person_id = tests.id('volunteer') and rule_code = 'V01'), 30, '20 × 1.5');
select tests.at('2026-11-30 08:00');
select is(tests.run('secretary', 'select declare_emergency(tests.b(), tests.new(), tests.id(''b_cleanup''))'), '403 not_a_member');
select is(tests.run('b_secretary', 'select declare_emergency(tests.b(), tests.new(), tests.id(''b_cleanup''))'), '422 shift_ended');

select * from finish();
