select plan(9);
\ir _cycle.sql
-- Nobody met the gates: there is no sheet to sign.
select tests.cycle('pioneer'), tests.nominate('pioneer', 'volunteer3'), tests.accept('pioneer', 'volunteer3'), tests.nominate('pioneer', 'volunteer2'), tests.step('lock_cycle', 'pioneer'), tests.step('score_cycle', 'pioneer');
select is(tests.step('publish_notice', 'pioneer'), 'ok');
select is((select status from appraisal_cycles), 'confirmed');
select is((select count(*)::int from publicity_notices) + (select count(*)::int from awards), 0);
select is((select count(*)::int from notifications where kind = 'award_not_this_time' and person_id in (tests.id('volunteer3'), tests.id('volunteer2'))), 2, 'everybody is told');
select is(tests.step('archive_cycle', 'pioneer'), 'ok');
-- Nobody was shortlisted: the sheet says so, and is signed.
select tests.cycle('star', 'area_star', '2026-Q4'), tests.nominate('star', 'volunteer'), tests.accept('star', 'volunteer'), tests.step('lock_cycle', 'star'), tests.step('score_cycle', 'star');
select tests.decide('star', 'volunteer', 'pass_over', '今年没有合适的');
select is(tests.step('publish_notice', 'star'), '422 quorum_missing');
select tests.step('sign_decisions', 'star', 'branch'), tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('star')));
select is(tests.step('publish_notice', 'star'), 'ok');
-- Nobody accepted at all.
select tests.cycle('yard', 'courtyard_star', '2026-Q4');
select is(tests.step('lock_cycle', 'yard') || tests.step('score_cycle', 'yard') || tests.step('publish_notice', 'yard'), 'okokok');
select is((select string_agg(distinct status, ',') from appraisal_cycles where id in (tests.id('star'), tests.id('yard'))), 'confirmed');

select * from finish();
