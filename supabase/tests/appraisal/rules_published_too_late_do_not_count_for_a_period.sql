select plan(8);
\ir _cycle.sql
create function pg_temp.publish(p_code text, p_kind text default 'volunteer_pioneer', p_gates jsonb default '{"minutes": 60}') returns text language sql as $$
  select tests.run('secretary', format('select publish_formula(tests.a(), %L, %L, %L, %L, %L, ''{"percent": 3}'')', tests.id('f ' || p_code), p_kind, p_code,
    case p_kind when 'excellent_member' then '[{"method": "party_score", "weight": 80}, {"method": "sample", "weight": 20}]' else '[{"method": "hours", "weight": 60}, {"method": "months", "weight": 40}]' end, p_gates))
$$;
create function pg_temp.plan(p_name text, p_period text, p_code text default null) returns text language sql as $$
  select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id(p_name), jsonb_strip_nulls(jsonb_build_object('kind', 'volunteer_pioneer', 'period', p_period, 'collect_until', private.today() + 3,
    'decide_until', private.today() + 9, 'quorum', 3, 'formula_id', tests.id('f ' || p_code)))))
$$;
select is(pg_temp.publish('EARLY-1'), 'ok');
select is(pg_temp.plan('soon', '2026', 'EARLY-1'), '422 formula_not_in_time', 'seven days ahead');
select is(pg_temp.plan('soon', '2026'), 'ok');
select is((select f.code from appraisal_cycles c join appraisal_formulas f on f.community_id = c.community_id and f.id = c.formula_id where c.id = tests.id('soon')), 'PIONEER-2026.1', 'without a choice the newest that counts');
select tests.at('2026-11-24 08:00');
select is(pg_temp.plan('past', '2025', 'EARLY-1'), '422 formula_not_in_time', 'never for a year that is over');
select is(pg_temp.plan('soon', '2026', 'EARLY-1'), 'ok');
-- A veto is no matter of rules, and of party members ten are asked.
select is(pg_temp.publish('M-1', 'excellent_member', '{"sample": 5}'), '400 field_invalid');
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''branch''), tests.id(''clerk''), tests.id(''party'')])', tests.id('soon'))), tests.step('open_cycle', 'soon');
select tests.run('street', format('select nominate(tests.a(), tests.new(), %L, %L, ''常帮忙'')', tests.id('soon'), tests.id('volunteer'))), tests.make_helper(tests.a(), 'volunteer', 'secretary');
select is(pg_temp.publish('LATE-1'), '403 own_award', 'nobody writes the rules of the own award');

select * from finish();
