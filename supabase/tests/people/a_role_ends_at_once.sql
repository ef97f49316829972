select plan(5);

select tests.make_role(tests.a(), 'neighbour', 'supervisor', 'community', null, '2026-11-16', '2026-12-31'),
  tests.make_role(tests.a(), 'resident', 'community_worker', 'community', null, '2026-11-18', '2026-12-31');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('supervisor neighbour'))), 'ok');
select is(private.person_has_role(tests.a(), tests.id('neighbour'), array['supervisor']), false, 'given today, ended today');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('community_worker resident'))), 'ok');
select is(private.is_office(tests.a(), tests.id('resident')), false, 'one to come does not begin by ending it');
select tests.at('2026-11-18 08:00');
select is(private.is_office(tests.a(), tests.id('resident')), false);

select * from finish();
