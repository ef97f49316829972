select plan(8);

create function tests.review(p_public jsonb) returns text language sql as $$
  select tests.run('worker', format('select review_wish(tests.a(), tests.new(), tests.id(''reviewing wish''), %L)', p_public))
$$;

select is(tests.review('{"title":"候奶奶的棉鞋"}'), '422 wish_text_betrays', 'the name');
select is(tests.review('{"title":"棉鞋","body":"候 奶奶想要一双"}'), '422 wish_text_betrays', 'with a space in it');
select is(tests.review('{"title":"棉鞋","body":"电话 144 0000 0001"}'), '422 wish_text_betrays', 'a phone');
select is(tests.review('{"title":"棉鞋","body":"送到１号楼"}'), '422 wish_text_betrays', 'an address');
select is(tests.review('{"title":"棉鞋","body":"东院1号楼101室"}'), '422 wish_text_betrays');
select is(tests.review('{"title":"棉鞋","size":"37 码，打 14400000001"}'), '422 wish_text_betrays', 'not in the size either');
select is(tests.review('{"title":" "}'), '400 field_required');
select is(tests.review('{"title":"一双棉鞋","body":"腿脚不便，冬天怕冷","size":"37 码"}'), 'ok');

select * from finish();
