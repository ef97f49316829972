select plan(9);
\ir _cycle.sql
select tests.published('pioneer', true);
create function pg_temp.withdraw(p_by text, p_who text) returns text language sql as $$ select tests.run(p_by, format('select withdraw_award_publicity(tests.a(), tests.new(), %L)', tests.id('pioneer ' || p_who))) $$;
create function pg_temp.shown() returns jsonb language sql as $$
  select p from jsonb_array_elements(tests.value('anonymous', format('select public_notice(%L)', tests.id('publish_notice of pioneer'))) -> 'people') p where (p ->> 'nomination_id')::uuid = tests.id('pioneer volunteer')
$$;
select is(pg_temp.withdraw('volunteer', 'volunteer'), '409 cycle_step_wrong', 'before it is confirmed one declines');
select tests.at('2026-11-24 09:00'), tests.step('confirm_cycle', 'pioneer'), tests.step('archive_cycle', 'pioneer');
select is(pg_temp.shown() ->> 'label', '王小明');
select is(pg_temp.withdraw('volunteer3', 'volunteer'), '404 nomination_unknown', 'nobody else does');
select is(pg_temp.withdraw('volunteer', 'volunteer'), 'ok', 'also of a sealed cycle');
select is(jsonb_strip_nulls(pg_temp.shown()) - 'nomination_id', '{"status": "granted", "is_full_name": false}'::jsonb, 'no name, reason or place');
select is(tests.run('volunteer', format('select set_award_name(tests.a(), tests.new(), %L, true)', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(pg_temp.withdraw('volunteer', 'volunteer'), '409 nomination_over');
select is((select status from awards where id = tests.id('pioneer volunteer')), 'granted');
select is(tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) ->> 'is_whole', 'true', 'and the seal still verifies');

select * from finish();
