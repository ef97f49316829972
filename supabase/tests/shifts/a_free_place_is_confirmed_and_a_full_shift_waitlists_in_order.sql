select plan(7);

select is(tests.claim('volunteer', 'shift'), 'ok');
select is(tests.claim('volunteer2', 'shift'), 'ok');
select is(tests.value('volunteer3', format('select claim_shift(tests.a(), %L, %L)', tests.id('volunteer3 on shift'), tests.id('shift'))) - 'signup_id',
  '{"status": "waitlisted", "ahead": 0}'::jsonb);
select is(tests.claim('leader', 'shift'), 'ok');
select is(tests.signup('volunteer', 'shift'), 'confirmed');
select is(tests.signup('volunteer3', 'shift'), 'waitlisted');
select is(tests.taken('shift'), 2, 'two places, two taken');

select * from finish();
