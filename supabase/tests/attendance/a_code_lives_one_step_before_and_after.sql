select plan(3);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.qr('volunteer', -2))), '422 code_expired');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.qr('volunteer', 2))), '422 code_expired', 'nor one of the future');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), tests.qr('volunteer', -1))), 'ok');

select * from finish();
