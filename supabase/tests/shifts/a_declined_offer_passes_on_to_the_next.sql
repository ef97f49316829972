select plan(3);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one'), tests.claim('volunteer3', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select is(tests.run('volunteer2', format('select decline_offer(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one'))), 'ok');
select is(tests.signup('volunteer3', 'one'), 'offered');
select is(tests.run('volunteer2', format('select decline_offer(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one'))), '409 offer_lapsed');

select * from finish();
