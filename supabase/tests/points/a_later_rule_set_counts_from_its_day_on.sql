select plan(2);

insert into point_rulesets (community_id, id, code, effective_from, published_at) values (tests.a(), tests.id('next rules'), 'VOL-2026.2', '2026-11-21', now());
insert into point_rules (community_id, ruleset_id, code, kind, points_per_half_hour, max_minutes_per_day, cap_period, cap_points)
  values (tests.a(), tests.id('next rules'), 'V01', 'service', 6, 480, 'month', 400);
select is((private.ruleset_on(tests.a(), '2026-11-20')).code, 'VOL-2026.1');
select is((private.ruleset_on(tests.a(), '2026-11-21')).code, 'VOL-2026.2');

select * from finish();
