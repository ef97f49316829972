select plan(2);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.at('2026-11-20 08:00');
select tests.run('volunteer2', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one')));
select is(tests.signup('volunteer2', 'one'), 'cancelled');
select is(tests.taken('one'), 1, 'and frees nothing');

select * from finish();
