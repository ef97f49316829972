select plan(5);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift'), tests.claim('volunteer3', 'shift');
select is(tests.run('leader', format('select cancel_activity(tests.a(), tests.new(), %L, %L)', tests.id('cleanup'), '下雨')), '409 activity_has_attendance', 'served already');
select tests.make_activity(tests.a(), 'rain', 'green'), tests.make_shift('rainy', '2026-11-25 09:00', 120, 1, 'rain');
select tests.claim('volunteer', 'rainy'), tests.claim('volunteer2', 'rainy');
select is(tests.run('leader', format('select cancel_activity(tests.a(), tests.new(), %L, %L)', tests.id('rain'), '下雨')), 'ok');
select is(tests.signup('volunteer', 'rainy') || tests.signup('volunteer2', 'rainy'), 'cancelledcancelled');
select is((select count(*)::int from notifications where kind = 'activity_cancelled'), 2);
select is(tests.claim('volunteer3', 'rainy'), '409 shift_not_open');

select * from finish();
