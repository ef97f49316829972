select plan(10);

create function pg_temp.stands(p_who text, p_item text) returns text language sql security definer as $$
  select format('%s/%s points, %s/%s pieces', a.balance - a.held, a.balance, s.on_hand - s.held, s.on_hand)
  from point_accounts a, reward_stocks s where a.id = tests.id(p_who) and s.item_id = tests.id(p_item) $$;

select tests.give_points('volunteer', 80);
select is(tests.order('volunteer', 'soap', 'o1', 4), '422 reward_below_minimum');
select is(tests.order('volunteer', 'soap', 'o1', 5), 'ok');
select is(pg_temp.stands('volunteer', 'soap'), '50/100 points, 0/5 pieces', 'held, not spent');
select is(tests.order('volunteer', 'soap', 'o1', 5), 'ok', 'sent twice, placed once');
select is(pg_temp.stands('volunteer', 'soap'), '50/100 points, 0/5 pieces');
select is(tests.run('volunteer2', $$ select cancel_order(tests.a(), tests.new(), tests.id('o1')) $$), '404 order_unknown', 'nobody else''s');
select is(tests.run('clerk', $$ select cancel_order(tests.a(), tests.new(), tests.id('o1')) $$), '400 field_required', 'the counter says why');
select is(tests.run('volunteer', $$ select cancel_order(tests.a(), tests.new(), tests.id('o1')) $$), 'ok');
select is(pg_temp.stands('volunteer', 'soap'), '100/100 points, 5/5 pieces');
select is(tests.run('volunteer', $$ select cancel_order(tests.a(), tests.new(), tests.id('o1')) $$), '409 order_ended');

select * from finish();
