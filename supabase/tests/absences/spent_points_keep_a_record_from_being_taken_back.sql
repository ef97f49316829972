select plan(3);

update point_lots set remaining = 19 where person_id = tests.id('volunteer');
update point_accounts set balance = 19 where id = tests.id('volunteer');
select is(tests.run('leader', 'select reverse_service_record(tests.a(), tests.new(), tests.id(''record volunteer on past''), ''记错'')'), '409 points_already_spent');
select is(tests.minutes('volunteer'), 120, 'then nothing is taken back');
select is(tests.balance('volunteer'), 19);

select * from finish();
