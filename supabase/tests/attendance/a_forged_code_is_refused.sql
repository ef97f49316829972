select plan(4);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00'), tests.digits('volunteer');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'),
  regexp_replace(tests.qr('volunteer'), '.$', case when right(tests.qr('volunteer'), 1) = '0' then '1' else '0' end))), '422 code_invalid');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'),
  replace(tests.qr('volunteer'), tests.id('volunteer')::text, tests.id('volunteer2')::text))), '422 code_invalid', 'another person''s name on it');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), 'SLM1:------------------------------------:123456:123456')), '400 code_invalid');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'), repeat('9', 10000))), '400 code_invalid');

select * from finish();
