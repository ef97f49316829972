select plan(4);

select tests.run('volunteer3', format('select apply_to_corps(tests.a(), %L, %L)', tests.id('asking'), tests.id('green')));
select is(tests.run('volunteer2', format('select withdraw_corps_application(tests.a(), tests.new(), %L)', tests.id('asking'))), '404 application_unknown');
select is(tests.run('volunteer3', format('select withdraw_corps_application(tests.a(), tests.new(), %L)', tests.id('asking'))), 'ok');
select is(tests.run('leader', format('select review_corps_application(tests.a(), tests.new(), %L, true)', tests.id('asking'))), '409 application_decided');
select tests.become('volunteer2');
select is((select count(*)::int from corps_applications), 0, 'nobody reads another''s');

select * from finish();
