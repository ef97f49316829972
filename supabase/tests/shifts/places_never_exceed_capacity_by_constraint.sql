select plan(2);

select throws_ok($$ update shift_roles set taken = 3 where shift_id = tests.id('shift') $$, '23514');
select throws_ok($$ update shift_roles set taken = -1 where shift_id = tests.id('shift') $$, '23514');

select * from finish();
