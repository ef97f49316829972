select plan(5);

create function tests.months() returns text language sql as $$
  select string_agg(m ->> 'month' || ':' || (m ->> 'service'), ' ' order by m ->> 'month') from jsonb_array_elements(tests.value('anonymous', 'select realized_wishes(tests.a())') -> 'months') m
  where (m ->> 'service')::int > 0
$$;
select is(tests.months(), '2026-11:2');
select tests.at('2026-11-30 23:59');
select tests.run('worker', 'select confirm_realized(tests.a(), tests.new(), tests.id(''delivering claim''))');
select is(tests.months(), '2026-11:3', 'the last minute of November in Shanghai');
select tests.make_wish(tests.a(), '', 'shared', 'open', 'service', 2), tests.make_claim(tests.a(), '', 'half', 'shared', 'resident', 'delivering'), tests.make_claim(tests.a(), '', 'other half', 'shared', 'neighbour', 'delivering');
select tests.run('worker', 'select confirm_realized(tests.a(), tests.new(), tests.id(''half''))');
select is((select realized_at from wishes where id = tests.id('shared')), null, 'half of it does not count');
select tests.at('2026-12-01 00:00');
select tests.run('worker', 'select confirm_realized(tests.a(), tests.new(), tests.id(''other half''))');
select is(tests.months(), '2026-11:3 2026-12:1', 'a shared wish with its last part');
select is(tests.value('worker', 'select wish_desk(tests.a())') #>> '{days,count}', '4');

select * from finish();
