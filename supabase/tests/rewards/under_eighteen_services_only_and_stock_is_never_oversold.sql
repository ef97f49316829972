select plan(9);

update communities set settings = settings || '{"reward_min_points": 10}' where id = tests.a();
select tests.give_points('minor', 100), tests.give_points('volunteer2', 100);
select is(tests.order('minor', 'soap', 'o1'), '422 reward_not_for_minors');
select is(tests.order('minor', 'haircut', 'o1'), 'ok', 'a service is for them, too');
select is(tests.order('volunteer2', 'soap', 'o2', 6), '422 reward_out_of_stock');
select is(tests.params('volunteer2', $$ select place_order(tests.a(), tests.new(), tests.id('soap'), 6) $$), '{"left": 5}');
select is(tests.order('volunteer2', 'soap', 'o2', 4), 'ok');
select is(tests.order('volunteer', 'soap', 'o3', 2), '422 reward_out_of_stock', 'what is held is not there');
select is(tests.order('volunteer3', 'soap', 'o4'), '422 points_not_enough');
select is(tests.run('volunteer', $$ select place_order(tests.a(), tests.new(), tests.id('soap'), 1, tests.id('volunteer2')) $$), '403 not_allowed', 'only for oneself and whom one helps');
update communities set settings = settings || '{"reward_fund_yuan": 1}' where id = tests.a();
select is(tests.order('volunteer', 'soap', 'o5'), '422 reward_fund_used_up', 'the points outstanding are worth more than the fund');

select * from finish();
