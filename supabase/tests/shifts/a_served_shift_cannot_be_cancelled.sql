select plan(1);

select is(tests.run('volunteer', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on past'))), '409 signup_not_cancellable');

select * from finish();
