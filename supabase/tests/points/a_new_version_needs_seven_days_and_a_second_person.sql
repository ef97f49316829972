select plan(13);

select is(tests.run('secretary', $$ select propose_ruleset(tests.a(), tests.id('draft'), '2026-11-22', '{"V01": {"points_per_half_hour": 6}}') $$), '422 ruleset_too_soon', 'six days ahead');
select is(tests.run('worker', $$ select propose_ruleset(tests.a(), tests.id('draft'), '2026-11-23', '{"V01": {"points_per_half_hour": 6}}') $$), '403 not_allowed');
select is(tests.run('secretary', $$ select propose_ruleset(tests.a(), tests.id('draft'), '2026-11-23', '{"V99": {"points": 6}}') $$), '400 rule_unknown');
select is(tests.run('secretary', $$ select propose_ruleset(tests.a(), tests.id('draft'), '2026-11-23', '{"V01": {"points_per_half_hour": 600}}') $$), '422 rule_value_invalid');
select is(tests.run('secretary', $$ select propose_ruleset(tests.a(), tests.id('draft'), '2026-11-23', '{"V01": {"points_per_half_hour": 6}, "V05": {"min_times": 2}}') $$), 'ok');
select is(tests.run('secretary', $$ select publish_ruleset(tests.a(), tests.new(), tests.id('draft')) $$), '403 own_proposal');
select tests.at('2026-11-17 08:00');
select is(tests.run('street', $$ select publish_ruleset(tests.a(), tests.new(), tests.id('draft')) $$), '422 ruleset_too_soon', 'nobody looked in time');
select tests.at('2026-11-16 08:00');
select is(tests.run('street', $$ select publish_ruleset(tests.a(), tests.new(), tests.id('draft')) $$), 'ok');
select is((private.ruleset_on(tests.a(), '2026-11-22')).code, 'VOL-2026.1', 'never backwards');
select is((private.rule_on(tests.a(), '2026-11-23', 'V01')).points_per_half_hour, 6);
select is((private.rule_on(tests.a(), '2026-11-23', 'V05')).data, '{"month": 3, "min_times": 2, "min_minutes": 360}');
select is((select count(*)::int from point_rules where ruleset_id = tests.id('draft')), 16, 'what was not changed stays');
select is(tests.run('street', $$ select publish_ruleset(tests.a(), tests.new(), tests.id('draft')) $$), '409 already_decided');

select * from finish();
