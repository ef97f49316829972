select plan(1);

update persons set birth_year = null where id = tests.id('volunteer');
select is(tests.claim('volunteer', 'shift'), '422 birth_missing');

select * from finish();
