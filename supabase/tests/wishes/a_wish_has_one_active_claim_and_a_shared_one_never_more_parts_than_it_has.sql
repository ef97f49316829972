select plan(12);

create function tests.take(p_who text, p_wish text, p_parts int default 1) returns text language sql as $$
  select tests.run(p_who, format('select claim_wish(tests.a(), %L, %L, %s)', tests.id(p_who || ' takes ' || p_wish), tests.id(p_wish), p_parts))
$$;

select is(tests.take('neighbour', 'open wish'), 'ok');
select is(tests.take('party', 'open wish'), '409 wish_taken');
select is((select status from wishes where id = tests.id('open wish')), 'claimed');
select tests.make_wish(tests.a(), '', 'shared', 'open', 'goods', 4);
select is(tests.take('neighbour', 'shared', 2), 'ok');
select is(tests.run('neighbour', 'select claim_wish(tests.a(), tests.new(), tests.id(''shared''))'), '409 wish_already_claimed');
select is(tests.take('party', 'shared', 3), '409 wish_taken', 'more than is left');
select is(tests.take('party', 'shared', 2), 'ok');
select is((select status || parts_taken from wishes where id = tests.id('shared')), 'claimed4');
select throws_ok('update wishes set parts_taken = 5 where id = tests.id(''shared'')', '23514', null, 'not even by the owner of the database');
select is(tests.take('volunteer', 'open wish'), '409 wish_taken');
select is(tests.take('neighbour', 'reviewing wish'), '404 wish_unknown', 'what is not public is not there');
select tests.make_wish(tests.a(), '', 'another');
select is(tests.take('volunteer', 'another'), '422 own_wish', 'nobody grants the wish of whom one helps');

select * from finish();
