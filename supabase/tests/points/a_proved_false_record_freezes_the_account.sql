select plan(4);

select private.award_points(tests.a(), tests.id('volunteer'), 'V09', 'topic', tests.new(), '2026-11-01', '{}', null) from generate_series(1, 2);
select private.award_points(tests.a(), tests.id('volunteer'), 'D04', 'false_record', tests.id('lie'), '2026-11-10', '{}', tests.id('secretary'));
select private.award_points(tests.a(), tests.id('volunteer'), 'V07', 'wish', tests.new(), '2026-11-11', '{"kind": "service"}', null);
select throws_ok($$ select private.hold_points(tests.a(), tests.id('h'), tests.id('volunteer'), 5, 'reward_order', tests.id('o')) $$, 'PT422', 'points_frozen');
select is((select frozen_until from point_accounts where id = tests.id('volunteer')), private.now() + interval '90 days');
select private.reverse_award(tests.a(), 'false_record', tests.id('lie'), tests.id('cleared'), null);
select is((select frozen_until from point_accounts where id = tests.id('volunteer')), null);
select lives_ok($$ select private.hold_points(tests.a(), tests.id('h'), tests.id('volunteer'), 5, 'reward_order', tests.id('o')) $$);

select * from finish();
