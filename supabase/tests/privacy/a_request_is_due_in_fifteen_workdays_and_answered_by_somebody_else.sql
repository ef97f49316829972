select plan(5);

select is(tests.run('worker', format('select ask_privacy(tests.a(), %L, %L)', tests.id('ask'), 'copy')), 'ok');
select is((select due_on from privacy_requests where id = tests.id('ask')), date '2026-12-07');
select is(tests.run('worker', format('select answer_privacy(tests.a(), tests.new(), %L, %L)', tests.id('ask'), '好')), '403 own_request');
select is(tests.run('secretary', format('select answer_privacy(tests.a(), tests.new(), %L, %L)', tests.id('ask'), '已寄出')), 'ok');
select is(tests.run('resident', $$ select ask_privacy(tests.a(), tests.new(), 'complaint', null) $$), '400 field_required');

select * from finish();
