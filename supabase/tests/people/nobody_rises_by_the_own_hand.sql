select plan(5);

select is(tests.run('worker', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('worker'), 'community_secretary')), '403 not_allowed');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('secretary'), 'street_admin')), '403 own_request');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L)', tests.id('neighbour'), 'street_admin')), '403 not_allowed');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('street_admin street'))), '403 not_allowed');
select is(tests.run('secretary', format('select end_role(tests.a(), tests.new(), %L)', tests.id('community_secretary secretary'))), '403 own_request');

select * from finish();
