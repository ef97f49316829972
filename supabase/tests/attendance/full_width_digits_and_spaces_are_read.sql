select plan(1);

select tests.claim('volunteer', 'shift'), tests.at('2026-11-20 09:00');
select is(tests.run('leader', format('select check_in(tests.a(), tests.new(), %L, %L)', tests.id('shift'),
  ' ' || translate(tests.digits('volunteer'), '0123456789', U&'\FF10\FF11\FF12\FF13\FF14\FF15\FF16\FF17\FF18\FF19') || ' ')), 'ok');

select * from finish();
