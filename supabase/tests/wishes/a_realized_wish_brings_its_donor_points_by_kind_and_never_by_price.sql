select plan(5);

create function tests.realize(p_name text, p_kind text, p_price int, p_donor text, p_firm text default null) returns int language plpgsql as $$
begin
  perform tests.make_wish(tests.a(), '', p_name, 'open', p_kind), tests.make_claim(tests.a(), '', p_name || ' claim', p_name, p_donor, 'delivering');
  update wishes set price_yuan = p_price where id = tests.id(p_name);
  update wish_claims set firm = p_firm where id = tests.id(p_name || ' claim');
  return tests.value('worker', format('select confirm_realized(tests.a(), tests.new(), %L)', tests.id(p_name || ' claim'))) ->> 'points';
end $$;

select is(tests.realize('dear', 'goods', 290, 'party'), 10);
select is(tests.realize('lamp', 'service', null, 'party'), 20);
select is(tests.realize('cheap', 'goods', 5, 'party'), 10, 'whatever it cost');
select is(tests.realize('fourth', 'goods', 5, 'party'), 0, 'three a month');
select is(tests.realize('firms', 'goods', 5, 'neighbour', '同心超市'), null, 'a firm earns none');

select * from finish();
