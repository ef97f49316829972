select plan(2);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select is(tests.claim('volunteer3', 'one'), 'ok');
select is(tests.signup('volunteer3', 'one'), 'waitlisted', 'the free place is already offered to the one who waited');

select * from finish();
