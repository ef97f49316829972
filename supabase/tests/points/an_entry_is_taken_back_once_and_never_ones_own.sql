select plan(7);

select is(tests.run('volunteer', $$ select reverse_entry(tests.a(), tests.new(), tests.id('points volunteer on past'), '不要了') $$), '403 not_allowed');
select is(tests.run('worker', $$ select reverse_entry(tests.a(), tests.id('r'), tests.id('points volunteer on past'), '记错') $$), 'ok');
select is(tests.run('worker', $$ select reverse_entry(tests.a(), tests.id('r'), tests.id('points volunteer on past'), '记错') $$), 'ok', 'sent twice, done once');
select is(tests.balance('volunteer'), 0);
select is(tests.run('worker', $$ select reverse_entry(tests.a(), tests.new(), tests.id('points volunteer on past'), '记错') $$), '409 entry_already_reversed');
select is(tests.run('worker', $$ select reverse_entry(tests.a(), tests.new(), (select id from point_entries where reverses_id = tests.id('points volunteer on past')), '反悔') $$), '404 entry_unknown', 'and the office does not read the ledger of others by table');

select tests.give_points('worker', 30);
select is(tests.run('worker', format('select reverse_entry(tests.a(), tests.new(), %L, ''x'')', (select id from point_entries where person_id = tests.id('worker')))), '403 own_points');

select * from finish();
