select plan(4);

select is(tests.run('resident', 'select close_account()'), '409 leave_communities_first');
select is(tests.run('resident', 'select erase_me(tests.a(), tests.new())'), 'ok');
select is(tests.run('resident', 'select close_account()'), 'ok');
select is_empty($$ select 1 from auth.users where id = tests.id('user resident') $$);

select * from finish();
