select plan(13);
\ir _cycle.sql

select tests.published('pioneer'), tests.object('pioneer', 'o1', 'volunteer', 'neighbour'), tests.answer('o1', 'worker'), tests.at('2026-11-24 09:00');
select is(tests.step('confirm_cycle', 'pioneer') || tests.step('archive_cycle', 'pioneer'), 'okok');
create function pg_temp.seal() returns jsonb language sql as $$ select tests.value('secretary', format('select verify_seal(tests.a(), %L)', tests.id('pioneer'))) $$;
select is(pg_temp.seal() - 'sealed_at' - 'seal', '{"is_whole": true, "broken": [], "erased_texts": 0}'::jsonb);
select is(pg_temp.seal() ->> 'seal', (select l.result ->> 'seal' from audit_logs l where l.command = 'archive_cycle'), 'the chained trail knows the seal, too');
select throws_ok($$ update appraisal_cycles set seal = 'x' $$, 'PT409', 'cycle_archived');
select throws_ok($$ update private.nominations set score = 100 $$, 'PT409', 'cycle_archived');
select throws_ok($$ update private.nominations set reason = '别的' $$, 'PT409', 'cycle_archived');
select throws_ok($$ delete from private.panel_members $$, 'PT409', 'cycle_archived');
select throws_ok($$ update private.panel_decisions set reason = '改' $$, 'PT409', 'cycle_archived');
select throws_ok($$ update private.objections set status = 'upheld' $$, 'PT409', 'cycle_archived');
select throws_ok($$ update publicity_notices set last_day = '2027-01-01' $$, 'PT409', 'append_only');
select is(tests.run('secretary', format('select withhold_award(tests.a(), tests.new(), %L, ''x'')', tests.id('pioneer volunteer'))), '409 cycle_archived');
-- Whoever reaches beneath the triggers is found.
alter table private.nominations disable trigger all;
update private.nominations set score = 100 where id = tests.id('pioneer volunteer');
select is(pg_temp.seal() -> 'broken', '["nominations"]'::jsonb);
update private.nominations set reason = '别的' where id = tests.id('pioneer volunteer');
select is(pg_temp.seal() -> 'broken', '["nominations", "texts"]'::jsonb);

select * from finish();
