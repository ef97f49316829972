select plan(11);

create function tests.on_hand(p_claim text) returns int language sql security definer as $$
  select count(*) filter (where direction = 'in')::int - count(*) filter (where direction <> 'in')::int from wish_goods_moves where claim_id = tests.id(p_claim)
$$;
select is(tests.on_hand('stored claim'), 1);
select is(tests.run('worker', 'select confirm_realized(tests.a(), tests.new(), tests.id(''stored claim''))'), '422 goods_still_in_store');
select is(tests.run('volunteer3', 'select hand_out_goods(tests.a(), tests.new(), tests.id(''stored claim''))'), '403 not_allowed', 'not by the donor');
select is(tests.run('worker', 'select hand_out_goods(tests.a(), tests.new(), tests.id(''stored claim''))'), 'ok');
select is(tests.on_hand('stored claim'), 0);
select is(tests.run('worker', 'select hand_out_goods(tests.a(), tests.new(), tests.id(''stored claim''))'), '409 goods_not_in_store', 'never below zero');
select is(tests.run('worker', 'select confirm_realized(tests.a(), tests.new(), tests.id(''stored claim''))'), 'ok');
select is(tests.run('worker', 'select record_delivery(tests.a(), tests.new(), tests.id(''approved claim''), ''store'')'), '422 only_goods_are_stored');
select tests.make_wish(tests.a(), '', 'boots', 'open', 'goods'), tests.make_claim(tests.a(), '', 'boots claim', 'boots', 'resident', 'approved');
select is(tests.run('worker', 'select record_delivery(tests.a(), tests.new(), tests.id(''boots claim''), ''store'')'), 'ok');
select is(tests.run('worker', 'select release_wish(tests.a(), tests.new(), tests.id(''boots claim''), ''太小了'', ''unsuitable'')'), 'ok');
select is(tests.on_hand('boots claim'), 0, 'what does not fit goes back to the donor');

select * from finish();
