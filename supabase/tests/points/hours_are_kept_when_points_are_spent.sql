select plan(1);

update point_accounts set balance = 0 where id = tests.id('volunteer');
update point_lots set remaining = 0 where person_id = tests.id('volunteer');
select is((tests.value('volunteer', 'select my_service(tests.a())') ->> 'minutes_total')::int, 120);

select * from finish();
