select plan(3);

select tests.make_helper(tests.a(), 'resident', 'neighbour');
select is(tests.run('neighbour', format('select my_shifts(tests.a(), %L)', tests.id('resident'))), 'ok');
select is(tests.run('resident', $$ select withdraw_consent(tests.a(), tests.new(), 'helper') $$), 'ok');
select is(tests.run('neighbour', format('select my_shifts(tests.a(), %L)', tests.id('resident'))), '403 not_allowed');

select * from finish();
