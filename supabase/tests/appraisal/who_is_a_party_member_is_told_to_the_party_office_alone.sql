select plan(10);
\ir _cycle.sql
select is(tests.run('street', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('party cycle'), jsonb_build_object('kind', 'excellent_member', 'period', '2026', 'collect_until', '2026-11-20', 'decide_until', '2026-11-30'))), '403 not_allowed');
select is(tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('member'), jsonb_build_object('kind', 'excellent_member', 'period', '2026', 'collect_until', '2026-11-16', 'decide_until', '2026-11-30', 'quorum', 2)))
  || tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''leader''), tests.id(''clerk'')])', tests.id('member'))) || tests.step('open_cycle', 'member'), 'okokok');
select is(tests.nominate('member', 'party', 'worker'), '403 not_allowed', 'the rest of the office');
select is(tests.nominate('member', 'volunteer', 'worker'), '403 not_allowed', 'and is not told who is none');
select is(tests.nominate('member', 'party', 'branch'), 'ok', 'the branch');
select is(tests.run('worker', format('select cycle_board(tests.a(), %L)', tests.id('member'))) || ' ' || tests.run('street', format('select cycle_board(tests.a(), %L)', tests.id('member'))), '404 cycle_unknown 404 cycle_unknown');
select is(jsonb_array_length(tests.value('worker', 'select appraisal_desk(tests.a())') -> 'cycles'), 0);
select is(tests.run('worker', format('select candidate_dossier(tests.a(), %L)', tests.id('member party'))), '404 nomination_unknown');
select tests.accept('member', 'party');
select is(tests.run('branch', format('select give_opinion(tests.a(), tests.new(), %L, ''{"overall": 5}'')', tests.id('member party'))), '404 nomination_unknown', 'which has had its say');
select is(tests.step('lock_cycle', 'member') || tests.step('score_cycle', 'member') || tests.stands('member', 'party'), 'okokunqualified', 'without a closed year and a sample of ten nobody qualifies');

select * from finish();
