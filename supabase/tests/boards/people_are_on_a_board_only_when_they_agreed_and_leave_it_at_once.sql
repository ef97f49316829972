select plan(9);
\ir _crowd.sql
select is(tests.listed('anonymous'), '1:120:第*号 2:110:第*号 3:100:第*号 4:90:第*号 5:80:第*号 6:70:第*号 7:60:第*号 8:50:第*号', 'those who agreed, of thirteen who contributed');
select is(tests.run('p3', 'select set_board_consent(tests.a(), tests.new(), ''hidden'')'), 'ok');
select is(tests.listed('anonymous'), '1:120:第*号 2:110:第*号 3:90:第*号 4:80:第*号 5:70:第*号 6:60:第*号 7:50:第*号', 'gone, and no gap says that somebody is missing');
select is(tests.placed('p3'), '3:100 above 110 below 90', 'the own place stays in view');
select is(tests.run('p9', 'select set_board_consent(tests.a(), tests.new(), ''alias'', ''向日葵'')'), 'ok');
select is(tests.run('p1', 'select withdraw_consent(tests.a(), tests.new(), ''boards'')'), 'ok', 'the privacy page does the same');
select is(tests.listed('anonymous'), '1:110:第*号 2:90:第*号 3:80:第*号 4:70:第*号 5:60:第*号 6:50:第*号 7:40:向日葵');
select is(tests.run('p2', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is(tests.listed('p9'), '1:90:第*号 2:80:第*号 3:70:第*号 4:60:第*号 5:50:第*号 6:40:向日葵', 'erasing, too');
select * from finish();
