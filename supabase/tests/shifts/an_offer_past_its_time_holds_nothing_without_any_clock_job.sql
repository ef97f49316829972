select plan(5);

select tests.make_shift('one', '2026-11-20 09:00', 120, 1);
select tests.claim('volunteer', 'one'), tests.claim('volunteer2', 'one');
select tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on one')));
select tests.at('2026-11-17 08:00');
select is(tests.run('volunteer2', format('select accept_offer(tests.a(), tests.new(), %L)', tests.id('volunteer2 on one'))), '409 offer_lapsed');
select is((tests.value('volunteer3', format('select shift_detail(tests.a(), %L)', tests.id('one'))) #>> '{places,taken}')::int, 0, 'the place reads as free');
select is(tests.claim('volunteer3', 'one'), 'ok');
select is(tests.signup('volunteer3', 'one'), 'confirmed');
select is(tests.signup('volunteer2', 'one'), 'lapsed');

select * from finish();
