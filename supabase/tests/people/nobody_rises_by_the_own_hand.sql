select plan(7);

select is(tests.run('worker', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('worker'), 'community_secretary')), '403 not_allowed');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('secretary'), 'street_admin')), '403 own_request');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('neighbour'), 'street_admin')), '403 not_allowed');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('street_admin street'))), '403 not_allowed');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('community_secretary secretary'))), '403 own_request');

select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id('secretary'), 'branch_secretary', 'party_org', tests.id('party org'))), '403 own_request',
  'who leads a branch reads its scores');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id('neighbour'), 'party_group_leader', 'party_org', tests.id('party org'))), 'ok', 'another may be given it');

select * from finish();
