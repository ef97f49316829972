select plan(15);

select tests.give_points('volunteer', 5000);
update reward_items set points = 400 where id = tests.id('haircut');
select is(tests.order('volunteer', 'haircut', 'o1', 2), '422 reward_above_maximum');
select is(tests.params('volunteer', $$ select place_order(tests.a(), tests.new(), tests.id('haircut'), 2) $$), '{"max": 500}');
update reward_items set points = 900 where id = tests.id('haircut');
select is(tests.order('volunteer', 'haircut', 'o1'), 'ok', 'a single piece that costs more is ordered alone');
select is(tests.order('volunteer', 'haircut', 'o2'), 'ok');
select is(tests.order('volunteer', 'haircut', 'o3'), '422 reward_month_used_up');
select is(tests.run('volunteer', $$ select cancel_order(tests.a(), tests.new(), tests.id('o2')) $$), 'ok');
select is(tests.order('volunteer', 'haircut', 'o3'), 'ok', 'a cancelled one does not count');
select tests.at('2026-12-01 08:00');
select is(tests.order('volunteer', 'haircut', 'o4'), 'ok', 'a new month');
select is(tests.order('volunteer', 'haircut', 'o5'), '422 reward_year_used_up', '3600 in a year');
select is(tests.params('volunteer', $$ select place_order(tests.a(), tests.new(), tests.id('haircut')) $$), '{"max": 3000, "used": 2700}');
update reward_items set points = 50, per_person_year = 3 where id = tests.id('haircut');
select is(tests.order('volunteer', 'haircut', 'o5'), '422 reward_item_limit');
update reward_items set per_person_year = null, min_hours = 3 where id = tests.id('haircut');
select is(tests.params('volunteer', $$ select place_order(tests.a(), tests.new(), tests.id('haircut')) $$), '{"hours": 3, "have": 2}');
update reward_items set min_hours = 2 where id = tests.id('haircut');
select is(tests.order('volunteer', 'haircut', 'o5'), 'ok', 'two hours are served');
select is(tests.order('volunteer3', 'haircut', 'o6'), '422 reward_needs_hours');
select is(tests.minutes('volunteer'), 120, 'hours are untouched by whatever is ordered');

select * from finish();
