select plan(3);

select is(tests.run('worker', format('select begin_roster_import(tests.a(), tests.new(), %L, %L, %L, 1)', 'staff', 'x', repeat('a', 64))), '403 not_allowed');
select is(tests.run('secretary', format('select begin_roster_import(tests.a(), tests.new(), %L, %L, %L, 1)', 'staff', 'x', repeat('a', 64))), 'ok');
select is(tests.run('grid', format('select begin_roster_import(tests.a(), tests.new(), %L, %L, %L, 1)', 'residents', 'x', repeat('a', 64))), '403 not_allowed');

select * from finish();
