select plan(1);

select is(tests.run('volunteer', format('select claim_shift(tests.a(), tests.new(), %L, %L)', tests.id('shift'), 'captain')), '404 shift_role_unknown');

select * from finish();
