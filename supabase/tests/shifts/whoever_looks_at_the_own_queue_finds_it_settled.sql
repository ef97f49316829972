select plan(4);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one'), tests.claim('volunteer3', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select is(tests.signup('volunteer3', 'one'), 'waitlisted', 'the first in the queue has the offer');
select tests.at('2026-11-17 08:00');
select is(tests.value('volunteer3', 'select my_shifts(tests.a())') #>> '{signups,0,status}', 'offered', 'the lapsed offer has passed on');
select is(tests.signup('volunteer2', 'one'), 'lapsed');
select is(tests.run('volunteer3', format('select accept_offer(tests.a(), tests.new(), %L)', tests.id('volunteer3 on one'))), 'ok');

select * from finish();
