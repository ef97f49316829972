select plan(3);

select tests.claim('volunteer', 'shift');
select is(tests.run('volunteer2', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '404 signup_unknown');
select is(tests.run('other_leader', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), '404 signup_unknown');
select is(tests.run('leader', format('select cancel_signup(tests.a(), tests.new(), %L)', tests.id('volunteer on shift'))), 'ok', 'the leader of this corps may');

select * from finish();
