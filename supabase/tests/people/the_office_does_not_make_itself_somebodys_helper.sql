select plan(4);

select is(tests.run('worker', format('select link_helper(tests.a(), tests.new(), %L, %L)', tests.id('resident'), tests.id('worker'))), '403 own_request');
select is(tests.run('worker', format('select link_helper(tests.a(), tests.new(), %L, %L)', tests.id('resident'), tests.id('neighbour'))), 'ok');
select is(tests.run('neighbour', format('select link_helper(tests.a(), tests.new(), %L, %L)', tests.id('volunteer'), tests.id('neighbour'))), '403 not_allowed');
select is(tests.run('volunteer', format('select link_helper(tests.a(), tests.new(), %L, %L)', tests.id('volunteer'), tests.id('volunteer'))), '422 helper_is_oneself');

select * from finish();
