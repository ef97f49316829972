select plan(3);

select is(current_user::text, 'postgres', 'the file starts as the owner');

set local role anon;
select is(current_user::text, 'anon', 'assertions also run as anon');
select throws_ok('create table public.intruder (id int)', '42501', null, 'what is asserted runs as that role');

select * from finish();
