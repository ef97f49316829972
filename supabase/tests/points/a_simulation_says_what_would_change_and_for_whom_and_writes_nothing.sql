select plan(7);

select tests.claim('volunteer2', 'shift'), tests.serve('volunteer2', 'shift', '2026-11-20 09:00', '2026-11-20 10:00');
select private.award_points(tests.a(), tests.id('volunteer2'), 'V07', 'wish', tests.id('w' || n), '2026-11-20', '{"kind": "goods"}', null) from generate_series(1, 4) n;
create temp table said as select tests.value('worker', $$ select simulate_ruleset(tests.a(), '{"V01": {"points_per_half_hour": 6}, "V07": {"cap_times": 4}}') $$) as j;
select is((select array[(j ->> 'before')::int, (j ->> 'after')::int, (j ->> 'gain')::int, (j ->> 'lose')::int] from said), array[60, 76, 2, 0]);
select is((select (j ->> 'before')::int from said), (select sum(amount)::int from point_entries e where e.community_id = tests.a()), 'the rules in force come to what the ledger holds');
select is((select (j -> 'persons' -> 0) - 'person_id'::text from said), '{"name": "赵二", "before": 40, "after": 52}', 'and for whom');
select is((select j -> 'rules' from said), '[{"code": "V01", "before": 30, "after": 36}, {"code": "V07", "before": 30, "after": 40}]');
select is((select count(*)::int from point_rulesets where community_id = tests.a()), 1);
select is(tests.run('volunteer', $$ select simulate_ruleset(tests.a()) $$), '403 not_allowed');
select is((tests.value('worker', 'select simulate_ruleset(tests.a())') ->> 'gain')::int, 0, 'no change changes nothing');

select * from finish();
