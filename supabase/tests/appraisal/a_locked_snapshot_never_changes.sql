select plan(8);
\ir _cycle.sql

select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer'), tests.step('lock_cycle', 'pioneer');
create temp table before as select snapshot_hash from appraisal_cycles where id = tests.id('pioneer');
select throws_ok($$ update private.score_snapshots set inputs = '{"minutes": 99999, "p90_minutes": 1}' $$, 'PT409', 'snapshot_locked');
select throws_ok($$ delete from private.score_snapshots $$, 'PT409', 'snapshot_locked');
select throws_ok($$ insert into private.score_snapshots (community_id, id, cycle_id, nomination_id, person_id, indicator, sort, weight, params, inputs)
  select community_id, gen_random_uuid(), cycle_id, nomination_id, person_id, 'peers', 9, 10, '{}', '{}' from private.score_snapshots limit 1 $$, 'PT409', 'snapshot_locked');
select throws_ok($$ update appraisal_cycles set snapshot_hash = 'x' $$, 'PT409', 'cycle_step_wrong');
-- More hours after the lock count for nothing in it.
select tests.hours('volunteer', 480, '2026-11-06');
select is(tests.step('score_cycle', 'pioneer'), 'ok');
select is((select inputs ->> 'minutes' from private.score_snapshots where indicator = 'hours'), '1920');
select is(private.snapshot_hash(tests.a(), tests.id('pioneer')), (select snapshot_hash from before), 'scored from the same snapshot');
select throws_ok($$ update private.score_snapshots set value = 100 where indicator = 'hours' $$, 'PT409', 'snapshot_locked', 'a value is put in once');

select * from finish();
