select plan(11);

create function pg_temp.save(p_who text, p_item jsonb, p_id text default 'new item') returns text language sql as $$
  select tests.run(p_who, format('select save_reward_item(tests.a(), tests.new(), tests.id(%L), %L)', p_id, p_item)) $$;
select is(pg_temp.save('clerk', '{"kind": "goods", "name": "毛巾", "points": 80}'), '403 not_allowed');
select is(pg_temp.save('secretary', '{"kind": "goods", "name": "毛巾", "points": 80}'), 'ok');
select is(pg_temp.save('secretary', '{"kind": "goods", "name": "毛巾", "points": 80}', 'another'), '409 name_taken');
select is(pg_temp.save('secretary', '{"kind": "goods", "name": "白送", "points": 0}', 'another'), '400 field_invalid', 'only an honour costs nothing');
select is(pg_temp.save('secretary', '{"kind": "honour", "name": "感谢信", "points": 0}', 'letter'), 'ok');
select is(pg_temp.save('secretary', jsonb_build_object('kind', 'service', 'name', '修脚', 'points', 50, 'merchant_id', tests.id('b_merchant')), 'another'), '404 merchant_unknown');
select is(pg_temp.save('secretary', '{"kind": "goods", "name": "理发", "points": 20}', 'haircut'), '409 reward_item_in_use', 'an ordered service stays one');
select is(pg_temp.save('secretary', '{"kind": "goods", "name": "香皂", "points": 30, "status": "paused"}', 'soap'), 'ok');
select is(tests.order('volunteer', 'soap', 'o1'), '422 reward_item_paused');
select is(tests.order('volunteer3', 'letter', 'o2'), 'ok', 'an honour needs no points');
select is(tests.run('secretary', $$ select save_merchant(tests.a(), tests.new(), tests.id('new merchant'), '同心理发店') $$), '409 name_taken');

select * from finish();
