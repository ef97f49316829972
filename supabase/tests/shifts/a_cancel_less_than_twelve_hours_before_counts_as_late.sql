select plan(2);

select tests.claim('volunteer', 'shift'), tests.claim('volunteer2', 'shift');
select tests.at('2026-11-19 21:00');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on shift')));
select is(tests.signup('volunteer', 'shift'), 'cancelled', 'twelve hours to the second is in time');
select tests.at('2026-11-19 21:00:01');
select tests.run('volunteer2', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer2 on shift')));
select is(tests.signup('volunteer2', 'shift'), 'late_cancelled');

select * from finish();
