select plan(17);
\ir _cycle.sql

select is(tests.cycle('pioneer'), 'ok ok ok');
select is(tests.nominate('pioneer', 'volunteer') || tests.accept('pioneer', 'volunteer') || tests.nominate('pioneer', 'volunteer2') || tests.accept('pioneer', 'volunteer2'), 'okokokok');
select is(tests.step('score_cycle', 'pioneer'), '409 cycle_step_wrong', 'nothing is skipped');
select is(tests.step('lock_cycle', 'pioneer'), 'ok');
select is(tests.nominate('pioneer', 'volunteer3'), '409 cycle_step_wrong', 'late is late');
select is(tests.step('score_cycle', 'pioneer'), 'ok');
select is(tests.step('publish_notice', 'pioneer'), '409 cycle_step_wrong', 'not before the panel');
select is(tests.decide('pioneer', 'volunteer'), 'ok');
select is(tests.step('sign_decisions', 'pioneer', 'branch'), '422 sheet_not_complete');
select is(tests.decide('pioneer', 'volunteer2'), 'ok');
select is(tests.step('sign_decisions', 'pioneer', 'branch'), 'ok');
select is(tests.step('publish_notice', 'pioneer'), '422 quorum_missing', 'one signature of two');
select is(tests.run('clerk', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('pioneer'))) || tests.step('publish_notice', 'pioneer'), 'okok');
select is(tests.step('confirm_cycle', 'pioneer'), '422 publicity_not_over');
select tests.at('2026-11-24 09:00');
select is(tests.step('confirm_cycle', 'pioneer') || tests.step('archive_cycle', 'pioneer'), 'okok', 'from the day after the fifth workday');
select is(tests.stands('pioneer', 'volunteer'), 'granted');
select is((select count(*)::int from audit_logs where community_id = tests.a() and (detail::text || result::text) ~ '王|赵|修灯'), 0, 'the trail holds no name and no words');

select * from finish();
