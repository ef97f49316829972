select plan(2);

select tests.run('leader', format('select apply_to_corps(tests.a(), %L, %L)', tests.id('asking'), tests.id('green')));
select is(tests.run('leader', format('select review_corps_application(tests.a(), tests.new(), %L, true)', tests.id('asking'))), '403 own_request');
select is(tests.run('worker', format('select review_corps_application(tests.a(), tests.new(), %L, true)', tests.id('asking'))), 'ok');

select * from finish();
