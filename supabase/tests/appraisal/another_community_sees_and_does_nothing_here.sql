select plan(14);
\ir _cycle.sql
select tests.published('pioneer');
select is(tests.run('b_secretary', format('select cycle_board(tests.a(), %L)', tests.id('pioneer'))), '403 not_a_member');
select is(tests.run('b_secretary', format('select cycle_board(tests.b(), %L)', tests.id('pioneer'))), '404 cycle_unknown');
select is(tests.run('b_secretary', format('select %s(tests.b(), tests.new(), %L)', c, tests.id('pioneer'))), '404 cycle_unknown', c) from unnest(array['lock_cycle', 'score_cycle', 'publish_notice', 'confirm_cycle', 'archive_cycle']) c;
select is(tests.run('b_secretary', format('select withhold_award(tests.b(), tests.new(), %L, ''x'')', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(tests.run('b_volunteer', format('select candidate_dossier(tests.b(), %L)', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(tests.run('b_branch', format('select decide_award(tests.b(), tests.new(), %L, ''shortlist'')', tests.id('pioneer volunteer'))), '404 nomination_unknown');
select is(tests.run('anonymous', format('select file_objection(tests.b(), tests.new(), %L, ''x'')', tests.id('publish_notice of pioneer'))), '404 notice_unknown');
select is(tests.run('b_secretary', format('select export_cycle(tests.b(), tests.new(), %L, ''x'')', tests.id('pioneer'))), '404 cycle_unknown');
-- An id made there under the same name reads nothing of here.
select tests.run('b_secretary', format('select plan_cycle(tests.b(), tests.new(), %L, %L)', tests.id('pioneer'), jsonb_build_object('kind', 'volunteer_pioneer', 'period', '2026', 'collect_until', '2026-11-16', 'decide_until', '2026-11-20', 'quorum', 2)));
select is(tests.value('b_secretary', format('select cycle_board(tests.b(), %L)', tests.id('pioneer'))) -> 'candidates', '[]'::jsonb);
select is((select status from appraisal_cycles where community_id = tests.a() and id = tests.id('pioneer')), 'publicity');

select * from finish();
