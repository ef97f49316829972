select plan(9);

delete from point_disputes where community_id = tests.a();
select is(tests.run('neighbour', $$ select dispute_entry(tests.a(), tests.new(), tests.id('points volunteer on past'), '不对') $$), '404 entry_unknown');
select is(tests.run('volunteer', $$ select dispute_entry(tests.a(), tests.id('wrong'), tests.id('points volunteer on past'), '我没有去') $$), 'ok');
select is(tests.run('volunteer', $$ select dispute_entry(tests.a(), tests.new(), tests.id('points volunteer on past'), '还是不对') $$), '409 entry_disputed_already');
select is(tests.run('leader', $$ select answer_dispute(tests.a(), tests.new(), tests.id('wrong'), true, '核实过了', true) $$), '403 not_allowed');
select is(tests.run('worker', $$ select answer_dispute(tests.a(), tests.new(), tests.id('wrong'), true, '核实过了', true) $$), 'ok');
select is(tests.balance('volunteer'), 0, 'taken back at once');
select is(tests.minutes('volunteer'), 120, 'hours are another matter');
select is((select params ->> 'answer' from notifications where kind = 'dispute_answered'), '核实过了');
select is((select tests.value('volunteer', 'select point_statement(tests.a())') #>> '{entries,1,dispute,status}'), 'accepted');

select * from finish();
