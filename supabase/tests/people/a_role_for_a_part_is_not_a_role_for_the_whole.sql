select plan(2);

select tests.make_role(tests.a(), 'resident', 'community_worker', 'grid', 'grid1');
select is(tests.run('resident', 'select create_invite(tests.a(), tests.new())'), '403 not_allowed');
select is(tests.run('secretary', format('select grant_role(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id('neighbour'), 'community_worker', 'grid', tests.id('grid1'))), '400 scope_invalid');

select * from finish();
