select plan(5);

select is(tests.run('neighbour', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('resident'), '好奇')), '403 not_allowed');
select is(tests.run('worker', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('resident'), ' ')), '400 field_required');
select is(tests.value('worker', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('resident'), '通知停水')) ->> 'phone', '14400000002');
select is((tests.value('resident', 'select my_privacy(tests.a())') #>> '{looks,0,reason}'), '通知停水', 'the person sees it');
select is(tests.run('worker', format('select reveal_person(tests.a(), tests.new(), %L, %L)', tests.id('b_resident'), '通知停水')), '404 person_unknown');

select * from finish();
