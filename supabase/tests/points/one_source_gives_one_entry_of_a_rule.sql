select plan(1);

select throws_ok($$ insert into point_entries select community_id, tests.new(), person_id, ruleset_code, rule_code, source_kind, source_id, points, occurred_on, inputs, posted_at from point_entries $$, '23505');

select * from finish();
