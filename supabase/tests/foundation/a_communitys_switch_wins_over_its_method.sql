select plan(3);

select is(private.module_is_on(tests.a(), 'rewards'), true);
update communities set settings = '{"modules": {"rewards": false}}' where id = tests.a();
select is(private.module_is_on(tests.a(), 'rewards'), false);
select is(private.module_is_on(tests.a(), 'no_such_module'), false);

select * from finish();
