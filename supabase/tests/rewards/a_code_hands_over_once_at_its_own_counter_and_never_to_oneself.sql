select plan(21);

create function pg_temp.stands(p_who text, p_item text) returns text language sql security definer as $$
  select format('%s/%s points, %s/%s pieces', a.balance - a.held, a.balance, s.on_hand - s.held, s.on_hand)
  from point_accounts a, reward_stocks s where a.id = tests.id(p_who) and s.item_id = tests.id(p_item) $$;

update communities set settings = settings || '{"reward_min_points": 10}' where id = tests.a();
select tests.make_role(tests.a(), 'neighbour', 'reward_clerk', 'merchant', 'merchant');
select tests.give_points('clerk', 100);
select is(tests.order('volunteer', 'soap', 'o1', 2), 'ok');
create temp table codes as select tests.pickup_code('volunteer', 'o1') as old;
alter table codes add code text;
update codes set code = tests.pickup_code('volunteer', 'o1');
select is(tests.value('clerk', format('select look_up_pickup(tests.a(), %L)', (select old from codes))), '{"found": false}', 'a new code ends the one before');
select is(tests.run('clerk', format('select fulfil_order(tests.a(), tests.new(), %L)', (select code from codes))), '422 pickup_code_wrong', 'handed over only after it was looked up');
select is(tests.hand_over('neighbour', (select code from codes)), '422 pickup_code_wrong', 'not at the merchant''s counter');
select is(tests.hand_over('volunteer2', (select code from codes)), '403 not_allowed');
select is(tests.value('clerk', format('select look_up_pickup(tests.a(), %L)', 'SLP1:' || tests.id('o1') || ':' || (select code from codes))) - 'placed_at',
  jsonb_build_object('found', true, 'order_id', tests.id('o1'), 'item', '香皂', 'kind', 'goods', 'quantity', 2, 'points', 20, 'name',
    (select display_name from persons where id = tests.id('volunteer')), 'is_me', false, 'placed_by_helper', false), 'scanned: what, how many, a masked name');
select is(tests.run('clerk', format('select fulfil_order(tests.a(), tests.id(''handed''), %L)', (select code from codes))), 'ok');
select is(pg_temp.stands('volunteer', 'soap'), '0/0 points, 3/3 pieces', 'spent and gone from the store');
select is(tests.run('clerk', format('select fulfil_order(tests.a(), tests.id(''handed''), %L)', (select code from codes))), 'ok', 'the same command again is the same answer');
select is(pg_temp.stands('volunteer', 'soap'), '0/0 points, 3/3 pieces', 'and spends nothing more');
select is(tests.hand_over('clerk', (select code from codes)), '422 pickup_code_wrong', 'a used code is none');
select is(tests.order('clerk', 'soap', 'o2'), 'ok');
update codes set code = tests.pickup_code('clerk', 'o2');
select is(tests.hand_over('clerk', (select code from codes)), '403 own_order');
select tests.at('2026-11-16 08:06');
select is(tests.hand_over('worker', (select code from codes)), '422 pickup_code_wrong', 'five minutes, not six');
update codes set code = tests.pickup_code('clerk', 'o2');
select is(tests.hand_over('worker', (select code from codes)), 'ok', 'a colleague does it');
select is(tests.run('clerk', $$ select look_up_pickup(tests.a(), 'abc') $$), '400 pickup_code_invalid');
select is(tests.minutes('volunteer'), 120, 'hours are another thing');
select is_empty($$ select private.accounts_off(tests.a()) $$);
insert into private.pickup_misses (community_id, clerk_id, at) select tests.a(), tests.id('clerk'), private.now() - n * interval '1 second' from generate_series(1, 10) n;
select is(tests.run('clerk', $$ select look_up_pickup(tests.a(), '12345678') $$), '422 too_many_wrong_codes');
select is(jsonb_array_length(tests.value('volunteer2', 'select reward_log(tests.a())')), 2, 'both are in the public log');

select is(tests.run('clerk', format('select my_pickup_code(tests.a(), %L)', tests.id('order'))), '404 order_unknown', 'a counter never gets the code of somebody else''s order');

select * from finish();
