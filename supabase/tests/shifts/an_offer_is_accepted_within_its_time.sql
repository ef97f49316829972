select plan(4);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select is(tests.run('volunteer3', format('select accept_offer(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one'))), '404 signup_unknown', 'by its owner only');
select is(tests.run('volunteer2', format('select accept_offer(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one'))), 'ok');
select is(tests.signup('volunteer2', 'one'), 'confirmed');
select is(tests.taken('one'), 1);

select * from finish();
