select plan(13);
\ir _cycle.sql
create function pg_temp.lock(p_before_end text default '') returns text language sql as $$ select tests.run('secretary', format('select lock_cycle(tests.a(), tests.new(), %L%s)', tests.id('pioneer'), p_before_end)) $$;
create function pg_temp.extend(p_until text) returns text language sql as $$
  select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('pioneer'), jsonb_build_object('decide_until', p_until)))
$$;
select is(tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('pioneer'), jsonb_build_object('kind', 'volunteer_pioneer', 'period', '2026', 'collect_until', '2026-11-20', 'decide_until', '2026-11-30', 'quorum', 1))), '400 field_invalid');
update communities set settings = settings - 'appraisal_quorum';
select is(tests.cycle('pioneer'), '400 field_invalid 404 cycle_unknown 404 cycle_unknown', 'a quorum of two where the community wants three');
update communities set settings = settings || '{"appraisal_quorum": 2}';
select is(tests.cycle('pioneer'), 'ok ok ok');
select tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer');
select is(pg_temp.lock(', true'), '422 collecting_until', 'the last day of collecting is for collecting');
select tests.at('2026-11-17 08:00');
select is(pg_temp.lock(), '422 period_not_over', 'the year is not over');
select is(pg_temp.lock(', true'), 'ok', 'unless one says so');
select is((select detail ->> 'before_end' from audit_logs where command = 'lock_cycle'), 'true', 'which stands in the trail');
select tests.step('score_cycle', 'pioneer'), tests.at('2026-11-23 23:00');
select is(tests.decide('pioneer', 'volunteer'), 'ok', 'the last day');
select tests.at('2026-11-24 08:00');
select is(tests.decide('pioneer', 'volunteer', 'pass_over', '再想想'), '422 deciding_over');
select is(tests.step('sign_decisions', 'pioneer', 'branch'), '422 deciding_over');
select is(pg_temp.extend('2026-11-20'), '400 field_invalid');
select is(pg_temp.extend('2026-11-26'), 'ok');
select is(tests.step('sign_decisions', 'pioneer', 'branch'), 'ok');

select * from finish();
