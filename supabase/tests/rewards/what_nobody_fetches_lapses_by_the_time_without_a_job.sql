select plan(10);

create function pg_temp.stands(p_who text, p_item text) returns text language sql security definer as $$
  select format('%s/%s points, %s/%s pieces', a.balance - a.held, a.balance, s.on_hand - s.held, s.on_hand)
  from point_accounts a, reward_stocks s where a.id = tests.id(p_who) and s.item_id = tests.id(p_item) $$;

update communities set settings = settings || '{"reward_min_points": 10}' where id = tests.a();
select tests.at('2026-11-16 08:00');
select is(tests.order('volunteer', 'soap', 'o1', 2), 'ok');
select tests.at('2026-12-01 23:59');
select is(tests.value('volunteer', 'select my_orders(tests.a())') #>> '{orders,0,status}', 'placed', 'fifteen days, to the end of the last');
select tests.at('2026-12-02 00:00');
select is(tests.value('volunteer', 'select my_orders(tests.a())') #>> '{orders,0,status}', 'lapsed', 'nobody wrote it down yet');
select is(tests.value('volunteer', 'select reward_shop(tests.a())') ->> 'available', '20', 'points are free to the eye');
select is((select i ->> 'left' from jsonb_array_elements(tests.value('volunteer2', 'select reward_shop(tests.a())') -> 'items') i where i ->> 'name' = '香皂'), '5', 'pieces, too');
select is(tests.run('volunteer', $$ select my_pickup_code(tests.a(), tests.id('o1')) $$), '409 order_ended', 'no code any more');
select is(tests.run('volunteer', $$ select cancel_order(tests.a(), tests.new(), tests.id('o1')) $$), '409 order_ended');
select tests.give_points('volunteer2', 50);
select is(tests.order('volunteer2', 'soap', 'o2', 5), 'ok', 'all five can be ordered by another');
select is(pg_temp.stands('volunteer', 'soap'), '20/20 points, 0/5 pieces', 'and the first has all points back');
select is((select count(*)::int from notifications where person_id = tests.id('volunteer') and kind = 'reward_lapsed'), 1);

select * from finish();
