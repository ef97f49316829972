select plan(13);
\ir _cycle.sql
create function pg_temp.publish(p_lines jsonb, p_gates jsonb default '{"minutes": 600}', p_quota jsonb default '{"percent": 3}', p_code text default 'PIONEER-2027.1', p_by text default 'secretary') returns text language sql as $$
  select tests.run(p_by, format('select publish_formula(tests.a(), %L, ''volunteer_pioneer'', %L, %L, %L, %L)', tests.id('f ' || p_code), p_code, p_lines, p_gates, p_quota))
$$;

select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "months", "weight": 30}]'), '422 weights_not_100');
select is(pg_temp.publish('[{"method": "hours", "weight": 70}, {"method": "months", "weight": 30}]'), '422 weight_out_of_range', 'no line alone decides');
select is(pg_temp.publish('[{"method": "party_score", "weight": 100}]'), '422 indicator_unknown', 'nothing of the party in a volunteer''s award');
select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "rating", "weight": 40, "params": {"prior_n": 0}}]'), '422 param_out_of_range');
select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]', '{"minutes": -1}'), '400 field_invalid');
select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]', '{}', '{"percent": 90}'), '400 field_invalid', 'an award to everybody is none');
select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]', p_by => 'worker'), '403 not_allowed');
select is(tests.cycle('pioneer'), 'ok ok ok');
select is(pg_temp.publish('[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]'), 'ok');
select is((select f.code from appraisal_cycles c join appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id where c.id = tests.id('pioneer')), 'PIONEER-2026.1', 'an open cycle keeps its version');
select throws_ok($$ update appraisal_formulas set gates = '{}' $$, 'PT409', 'append_only');
select throws_ok($$ update indicators set weight = 50 $$, 'PT409', 'append_only');
select throws_ok(format('update appraisal_cycles set formula_id = %L', tests.id('f PIONEER-2027.1')), 'PT409', 'cycle_step_wrong');

select * from finish();
