select plan(3);

select is(tests.run('leader', format('select save_corps(tests.a(), tests.new(), %L, %L, %L, null, %L)', tests.id('green'), 'green_eco', '绿队', '找小王😀')), '400 phone_invalid');
select is(tests.run('leader', format('select save_corps(tests.a(), tests.new(), %L, %L, %L, null, %L)', tests.id('green'), 'green_eco', '绿队', '010-8888 转 3')), 'ok');
select is(tests.run('leader', format('select save_corps(tests.a(), tests.new(), %L, %L, %L)', tests.id('green'), 'green_eco', '蓝队')), '409 name_taken');

select * from finish();
