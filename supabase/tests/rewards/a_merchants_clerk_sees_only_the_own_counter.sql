select plan(13);

update communities set settings = settings || '{"reward_min_points": 10}' where id = tests.a();
select is(tests.run('secretary', $$ select grant_role(tests.a(), tests.new(), tests.id('neighbour'), 'reward_clerk', 'merchant', tests.id('merchant')) $$), 'ok');
select is(tests.run('secretary', $$ select grant_role(tests.a(), tests.new(), tests.id('resident'), 'reward_clerk', 'merchant', tests.id('b_merchant')) $$), '404 scope_unknown');
select tests.give_points('volunteer', 80);
select is(tests.order('volunteer', 'soap', 'o1'), 'ok');
select is(tests.order('volunteer', 'haircut', 'o2'), 'ok');
create temp table desk as select tests.value('neighbour', 'select reward_desk(tests.a())') as j;
select is((select array_agg(o ->> 'item') from desk, jsonb_array_elements(j -> 'orders') o), array['理发', '理发'], 'orders of the own counter');
select is((select array_agg(o ->> 'name') from desk, jsonb_array_elements(j -> 'stock') o), array['理发']);
select is((select jsonb_array_length(j -> 'counters') from desk), 1);
select is(tests.run('neighbour', $$ select move_stock(tests.a(), tests.new(), tests.id('soap'), 'in', 1) $$), '404 reward_item_unknown');
select is(tests.run('neighbour', $$ select mark_order_ready(tests.a(), tests.new(), tests.id('o1')) $$), '404 order_unknown');
select is(tests.run('neighbour', $$ select mark_order_ready(tests.a(), tests.new(), tests.id('o2')) $$), 'ok');
select is(tests.hand_over('neighbour', tests.pickup_code('volunteer', 'o2')), 'ok');
select is(tests.value('neighbour', $$ select merchant_statement(tests.a(), tests.id('merchant'), '2026-11-01', '2026-11-30') $$) ->> 'points', '20', 'the statement of the month');
select is(tests.run('neighbour', $$ select merchant_statement(tests.a(), null, '2026-11-01', '2026-11-30') $$), '403 not_allowed', 'not of the community''s own store');

select * from finish();
