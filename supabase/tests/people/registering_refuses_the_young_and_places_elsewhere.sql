select plan(3);

select is(tests.run('worker', $$ select register_person(tests.a(), tests.new(), '小孩', 2013, 1) $$), '422 under_fourteen');
select is(tests.run('worker', $$ select register_person(tests.a(), tests.new(), '少年', 2010, 1) $$), '422 guardian_required');
select is(tests.run('worker', format('select register_person(tests.a(), tests.new(), %L, 1950, 1, null, %L)', '于爷爷', tests.id('b_grid1'))), '404 grid_unknown');

select * from finish();
