select plan(4);

select throws_ok($$ insert into point_entries (community_id, id, person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at)
  select community_id, tests.new(), person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at from point_entries $$, '23505');
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V10', 'training', tests.id('course'), '2026-11-10', '{}', null), 5);
select is(private.award_points(tests.a(), tests.id('volunteer'), 'V10', 'training', tests.id('course'), '2026-11-10', '{}', null), 5, 'asked twice, given once');
select is(tests.balance('volunteer'), 25);

select * from finish();
