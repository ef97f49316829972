select plan(9);

create function tests.wall(p_who text, p_args text default '') returns jsonb language sql as $$ select tests.value(p_who, 'select wish_wall(tests.a()' || p_args || ')') $$;

select is(tests.wall('anonymous') ->> 'total', '1', 'only what is open');
select is(tests.wall('anonymous') #>> '{wishes,0,masked_name}', '候*奶');
select is(tests.wall('resident', ', p_near => true') ->> 'total', '1', 'of the own grid');
select is(tests.wall('neighbour', ', p_near => true') ->> 'total', '0');
select is(tests.wall('anonymous', ', p_search => ''候奶奶''') ->> 'total', '0', 'the search knows the public words only');
select is(tests.wall('anonymous', ', p_search => ''14400000001''') ->> 'total', '0');
select is(tests.run('anonymous', 'select wish_detail(tests.id(''reviewing wish''))'), '404 wish_unknown', 'a link opens nothing that was not reviewed');
select ok(tests.wall('anonymous')::text || tests.value('anonymous', 'select wish_detail(tests.id(''open wish''))')::text !~ '候奶奶|14400000001|东院|独居|一片');
update communities set settings = '{"modules":{"wishes":false}}' where id = tests.a();
select is(tests.wall('anonymous') ->> 'total', '0', 'a community may do without');

select * from finish();
