select plan(2);

select is((tests.value('anonymous', 'select public_home(tests.a())') #>> '{totals,volunteers}')::int, 7);
select is_empty($$ select 1 where tests.value('anonymous', 'select public_home(tests.a())')::text ~ '144[0-9]{8}|王小明|孙队长' $$);

select * from finish();
