select plan(9);
\ir _cycle.sql
insert into party_year_scores (community_id, id, person_id, party_org_id, year, score, band, has_veto, closed_by, closed_at)
  values (tests.a(), tests.id('year'), tests.id('party'), tests.id('party org'), 2026, 88.5, 'good', false, tests.id('branch'), private.now());
select tests.run('secretary', format('select plan_cycle(tests.a(), tests.new(), %L, %L)', tests.id('member'), jsonb_build_object('kind', 'excellent_member', 'period', '2026', 'collect_until', '2026-11-16', 'decide_until', '2026-11-30', 'quorum', 2)));
select tests.run('secretary', format('select name_panel(tests.a(), tests.new(), %L, array[tests.id(''clerk''), tests.id(''leader'')])', tests.id('member'))), tests.step('open_cycle', 'member');
select tests.nominate('member', 'party'), tests.accept('member', 'party'), tests.step('lock_cycle', 'member');
select is(tests.step('score_cycle', 'member'), 'ok');
create function pg_temp.file(p_by text) returns jsonb language sql as $$ select tests.value(p_by, format('select candidate_dossier(tests.a(), %L)', tests.id('member party'))) $$;
create function pg_temp.line(p_file jsonb) returns jsonb language sql as $$ select l -> 'value' from jsonb_array_elements(p_file -> 'lines') l where l ->> 'indicator' = 'party_score' $$;
select is(pg_temp.line(pg_temp.file('clerk')), '88.5'::jsonb, 'the panel');
select is(pg_temp.line(pg_temp.file('secretary')) || (pg_temp.file('secretary') -> 'score'), '[null, null]'::jsonb, 'whoever runs it reads neither the line nor the sum it would follow from');
select tests.make_role(tests.a(), 'secretary', 'deputy_branch_secretary', 'party_org', 'party org');
select is(pg_temp.line(pg_temp.file('secretary')), 'null'::jsonb, 'nor does a deputy of the branch');
select is((tests.value('clerk', format('select cycle_board(tests.a(), %L)', tests.id('member'))) #> '{candidates,0,score}'), 'null'::jsonb, 'no sum in the list');
select is((select jsonb_agg(l -> 'value') from jsonb_array_elements(tests.value('secretary', format('select export_cycle(tests.a(), tests.new(), %L, ''上报'')', tests.id('member'))) #> '{rows,0,lines}') l
  where l ->> 'indicator' = 'party_score'), '[null]'::jsonb, 'nor in the exported file');
select is((select count(*)::int from access_logs where what = 'appraisal' and person_id = tests.id('party') and viewer_person_id in (tests.id('clerk'), tests.id('secretary'))), 2);
select tests.decide('member', 'party', p_by => 'clerk'), tests.step('sign_decisions', 'member', 'clerk'),
  tests.run('leader', format('select sign_decisions(tests.a(), tests.new(), %L)', tests.id('member'))), tests.step('publish_notice', 'member');
select is(pg_temp.line(pg_temp.file('party')), '88.5'::jsonb, 'the member, with the notice');
select is((select inputs ->> 'score' from private.score_snapshots where indicator = 'party_score'), '88.50');

select * from finish();
