select plan(8);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.at('2026-11-19 20:59:59');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer on shift'), '生病')), '422 absence_too_early');
select tests.at('2026-11-19 21:00');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer on shift'), '生病')), 'ok');
select is((select kind from notifications where person_id = tests.id('volunteer') order by created_at desc, id desc limit 1), 'absence_excused');
select is(tests.taken('shift'), 1);
select tests.at('2026-11-20 09:00');
select is(tests.run('volunteer2', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '生病')), '422 shift_started', 'then the leader does');
select tests.at('2026-11-27 11:00:01');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '生病')), '422 absence_too_late');
select tests.at('2026-11-27 11:00');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '  ')), '400 field_required');
select is(tests.run('leader', format('select excuse_absence(tests.a(), tests.new(), %L, %L)', tests.id('volunteer2 on shift'), '生病')), 'ok');

select * from finish();
