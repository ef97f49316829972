select plan(2);

select tests.at('2026-10-01 09:00');
select tests.run('worker', format('select begin_roster_import(tests.a(), %L, %L, %L, %L, 1)', tests.id('my import'), 'residents', 'x', repeat('a', 64)));
select tests.run('worker', format($q$ select import_roster_rows(tests.a(), tests.new(), %L, '[{"row_no":2,"name":"乙2","birth":"1960-01"}]') $q$, tests.id('my import')));
select isnt((select raw from roster_import_rows where import_id = tests.id('my import')), null);
select tests.at('2026-11-01 09:00');
select tests.run('worker', format('select begin_roster_import(tests.a(), tests.new(), %L, %L, %L, 1)', 'residents', 'y', repeat('b', 64)));
select is((select raw from roster_import_rows where import_id = tests.id('my import')), null);

select * from finish();
