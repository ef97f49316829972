select plan(2);

select is(tests.run('secretary', 'select leave_community(tests.a(), tests.new())'), '409 hand_over_first');
select is(tests.run('secretary', 'select erase_me(tests.a(), tests.new())'), '409 hand_over_first');

select * from finish();
