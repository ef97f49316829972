select plan(11);

update communities set settings = settings || '{"reward_min_points": 10}' where id = tests.a();
create function pg_temp.move(p_who text, p_kind text, p_quantity text, p_reason text default null) returns text language sql as $$
  select tests.run(p_who, format('select move_stock(tests.a(), tests.new(), tests.id(''soap''), %L, %s, %L)', p_kind, p_quantity, p_reason)) $$;
select is(tests.order('volunteer', 'soap', 'o1', 2), 'ok');
select is(pg_temp.move('clerk', 'in', '10'), 'ok');
select is(pg_temp.move('clerk', 'loss', '3'), '400 field_required', 'a loss says why');
select is(pg_temp.move('clerk', 'loss', '3', '受潮'), 'ok');
select is(pg_temp.move('clerk', 'count', '11', '盘点少一块'), 'ok');
select is(pg_temp.move('clerk', 'count', '1', '盘点'), '422 stock_below_held');
select results_eq($$ select kind, quantity from stock_moves where item_id = tests.id('soap') and id <> tests.id('soap in') order by quantity desc $$,
  $$ values ('in', 10), ('count', -1), ('loss', -3) $$, 'the difference is booked');
select is((select on_hand from reward_stocks where item_id = tests.id('soap')), 11);
select is(pg_temp.move('volunteer', 'in', '10'), '404 reward_item_unknown');
select throws_ok($$ delete from stock_moves where item_id = tests.id('soap') $$, null, null, 'moves are for good');
select throws_ok($$ update reward_stocks set on_hand = on_hand + 1 where item_id = tests.id('soap'); set constraints all immediate $$, '23514', null, 'on hand is the sum of its moves');

select * from finish();
