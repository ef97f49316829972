select plan(6);

select tests.make_wish(tests.a(), '', 'w' || n) from generate_series(1, 12) n;
create function tests.take(p_who text, p_wish text) returns text language sql as $$
  select tests.run(p_who, format('select claim_wish(tests.a(), tests.new(), %L)', tests.id(p_wish)))
$$;
select is(tests.take('party', 'w1') || tests.take('party', 'w2') || tests.take('party', 'w3'), 'okokok');
select is(tests.take('party', 'w4'), '422 too_many_claims');
create function tests.firm(p_who text, p_from int, p_to int) returns text language sql as $$
  select tests.run(p_who, format('select claim_wishes(tests.a(), tests.new(), %L, ''同心超市'')', (select array_agg(tests.id('w' || n)) from generate_series(p_from, p_to) n)))
$$;
select is(tests.firm('neighbour', 1, 10), '403 not_a_partner');
select tests.make_role(tests.a(), 'neighbour', 'partner_contact');
select is(tests.firm('neighbour', 1, 11), '422 too_many_claims');
select is(tests.firm('neighbour', 3, 12), 'ok');
select is((select count(*)::int from wish_claims where firm = '同心超市'), 9, 'each by itself: one was taken');

select * from finish();
