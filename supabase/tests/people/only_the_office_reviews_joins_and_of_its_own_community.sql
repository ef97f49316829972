select plan(3);

select is(tests.run('volunteer', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('join request'), 'confirm')), '403 not_allowed');
select is(tests.run('b_worker', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('join request'), 'confirm')), '403 not_a_member');
select is(tests.run('worker', format('select review_join(tests.a(), tests.new(), %L, %L)', tests.id('b_join request'), 'confirm')), '404 join_request_unknown');

select * from finish();
