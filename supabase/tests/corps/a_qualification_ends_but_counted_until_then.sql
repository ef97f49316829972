select plan(5);

select is(tests.run('volunteer2', format('select end_qualification(tests.a(), tests.new(), %L, %L)', tests.id('qualification'), '不是我的')), '404 qualification_unknown');
select is(tests.run('worker', format('select end_qualification(tests.a(), tests.new(), %L, %L)', tests.id('qualification'), '证书被注销')), 'ok');
select ok(private.holds_qualification(tests.a(), tests.id('volunteer'), 'electrician', '2026-11-15'), 'yesterday it was good');
select ok(not private.holds_qualification(tests.a(), tests.id('volunteer'), 'electrician', '2026-11-16'), 'today no more');
select is(tests.run('worker', format('select grant_qualification(tests.a(), tests.new(), %L, %L, %L, null, %L)', tests.id('worker'), 'doctor', '2020-01-01', '自己看过')), '403 own_request');

select * from finish();
