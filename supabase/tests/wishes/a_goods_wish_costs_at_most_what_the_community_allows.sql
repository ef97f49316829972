select plan(6);

create function tests.submit(p_more jsonb) returns text language sql as $$
  select tests.run('resident', format('select submit_wish(tests.a(), tests.new(), tests.new(), %L)',
    jsonb_build_object('kind', 'goods', 'wish_for', 'hardship', 'title', '棉被', 'person_id', tests.id('resident'), 'consent_via', 'self') || p_more))
$$;

select is(tests.submit('{"price_yuan":300}'), 'ok');
select is(tests.submit('{"price_yuan":301}'), '422 wish_too_dear');
select is(tests.submit('{}'), '400 field_required');
select is(tests.submit('{"price_yuan":"很多"}'), '400 field_invalid');
update communities set settings = '{"wish_goods_max_yuan": 100}' where id = tests.a();
select is(tests.submit('{"price_yuan":101}'), '422 wish_too_dear', 'the community sets another limit');
select is(tests.run('worker', 'select review_wish(tests.a(), tests.new(), tests.id(''reviewing wish''), ''{"title":"棉鞋","price_yuan":120}'')'), '422 wish_too_dear', 'in the review, too');

select * from finish();
