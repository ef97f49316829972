select plan(9);
\ir _cycle.sql
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer'), tests.accept('pioneer', 'volunteer'), tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
create temp table board as select tests.value('secretary', format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))) #> '{candidates,0}' as c;
select is(c ? 'lines' or c ? 'gates', false) from board;
select is(c -> 'passes_gates', 'true'::jsonb, 'only whether the gates are met') from board;
select is((select count(*)::int from access_logs where what = 'appraisal'), 0);
select is(jsonb_array_length(tests.value('branch', format('select candidate_dossier(tests.a(), %L)', tests.id('pioneer volunteer'))) -> 'lines'), 5);
select is((select count(*)::int from access_logs where what = 'appraisal' and viewer_person_id = tests.id('branch') and person_id = tests.id('volunteer')), 1);
-- Whom the office may ask: each can see that one looked, once in ten minutes; whoever has a stake sees nobody.
select tests.cycle('star', 'area_star', '2026-Q3');
select is((select count(*)::int from jsonb_array_elements(tests.value('worker', format('select nominees_to_propose(tests.a(), %L)', tests.id('star')))) e
  where (e ->> 'person_id')::uuid = tests.id('volunteer')), 1);
select tests.value('worker', format('select nominees_to_propose(tests.a(), %L)', tests.id('star')));
select is((select count(*)::int from access_logs where what = 'appraisal' and viewer_person_id = tests.id('worker') and person_id = tests.id('volunteer')), 1);
select tests.nominate('star', 'volunteer'), tests.make_helper(tests.a(), 'volunteer', 'worker');
select is(tests.value('worker', format('select nominees_to_propose(tests.a(), %L)', tests.id('star'))), '[]'::jsonb);
select is((select count(*)::int from access_logs where what = 'appraisal' and viewer_person_id = tests.id('worker') and person_id = tests.id('worker')), 0);

select * from finish();
