select plan(4);

select tests.at('2026-11-17 22:00');
select private.notify(tests.a(), tests.id('resident'), 'offer_made', jsonb_build_object('title', 'x', 'expires_at', tests.shanghai('2026-11-18 08:00')), '/'),
  private.notify(tests.a(), tests.id('neighbour'), 'offer_made', jsonb_build_object('title', 'x', 'expires_at', tests.shanghai('2026-11-18 20:00')), '/'),
  private.notify(tests.a(), tests.id('leader'), 'activity_cancelled', jsonb_build_object('title', 'x', 'starts_at', tests.shanghai('2026-11-18 09:00')), '/'),
  private.notify(tests.a(), tests.id('other_leader'), 'activity_cancelled', jsonb_build_object('title', 'x', 'starts_at', tests.shanghai('2026-11-18 11:00')), '/');
select is(tests.value('resident', 'select my_unread(tests.a())')::int, 1, 'an offer that ends before the morning is over');
select is(tests.value('neighbour', 'select my_unread(tests.a())')::int, 0, 'an offer with time');
select is(tests.value('leader', 'select my_unread(tests.a())')::int, 1, 'called off less than 12 hours before');
select is(tests.value('other_leader', 'select my_unread(tests.a())')::int, 0);

select * from finish();
