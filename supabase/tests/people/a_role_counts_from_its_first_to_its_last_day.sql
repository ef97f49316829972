select plan(4);

select tests.make_role(tests.a(), 'resident', 'community_worker', 'community', null, '2026-11-17', '2026-11-18');
select is(private.is_office(tests.a(), tests.id('resident')), false);
select tests.at('2026-11-17 00:00');
select is(private.is_office(tests.a(), tests.id('resident')), true);
select tests.at('2026-11-18 23:59');
select is(private.is_office(tests.a(), tests.id('resident')), true);
select tests.at('2026-11-19 00:00');
select is(private.is_office(tests.a(), tests.id('resident')), false);

select * from finish();
