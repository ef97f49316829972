select plan(2);

select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L, %L)', tests.id('join request'), 'confirm', tests.id('resident'))), '409 person_has_an_account');
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L, %L)', tests.id('join request'), 'confirm', tests.id('b_elder'))), '404 person_unknown');

select * from finish();
