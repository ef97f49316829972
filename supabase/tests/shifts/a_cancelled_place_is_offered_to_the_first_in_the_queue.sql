select plan(5);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one'), tests.claim('volunteer3', 'one');
select is(tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one'))), 'ok');
select is(tests.signup('volunteer2', 'one'), 'offered');
select is(tests.signup('volunteer3', 'one'), 'waitlisted');
select is(tests.taken('one'), 1, 'an offer holds its place');
select is((select count(*)::int from notifications where kind = 'offer_made' and person_id = tests.id('volunteer2')), 1);

select * from finish();
