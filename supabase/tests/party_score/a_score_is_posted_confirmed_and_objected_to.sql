select plan(16);

-- Somebody above the branch, who answers.
select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');

select tests.at('2026-09-20 10:00');
select is(tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('log 1'), 'publicity_round', tests.shanghai('2026-09-15 10:00'))), 'ok');
select is(tests.run('party', format('select log_duty(tests.a(), %L, %L, %L, 30)', tests.id('log 2'), 'publicity_round', tests.shanghai('2026-09-16 10:00'))), 'ok');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log 1'))), 'ok');
select is(tests.run('branch', format('select verify_duty(tests.a(), tests.new(), %L)', tests.id('log 2'))), 'ok');
select is(tests.run('branch', format('select record_party_meeting(tests.a(), tests.new(), %L, %L)', tests.id('meeting'), jsonb_build_object('party_org_id', tests.id('party org'),
  'kind', 'theme_day', 'title', '清洁家园', 'held_on', '2026-09-10', 'study_minutes', 60, 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'))))), 'ok');
select is(tests.run('branch', format('select record_dues(tests.a(), tests.new(), array[%L]::uuid[], %L, %L)', tests.id('party'), '2026-09-01', '2026-09-05')), 'ok');
select is(tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 3)', tests.id('party org'))), '422 quarter_not_over');

select tests.at('2026-10-02 10:00');
select is(tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 3)', tests.id('party org'))), '409 earlier_quarter_open');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 3) q;
-- theme day 1, study 0.31, dues 0.5, the post's duty 1.25; eight months without a duty −8
select is((select score from party_quarter_scores where person_id = tests.id('party') and quarter = 3), 0.00::numeric);
select results_eq($$select rule_code, sum(points) from party_score_entries where person_id = tests.id('party') group by 1 order by 1$$,
  $$values ('dues', 0.50), ('duty_missed', -8.00), ('post_duty', 1.25), ('study', 0.31), ('theme_day', 1.00)$$);
select is((select status from duty_logs where id = tests.id('log 1')), 'counted');

select is(tests.run('party', format('select object_to_score(tests.a(), %L, %L, %L)', tests.id('objection'), (select id from party_quarter_scores where person_id = tests.id('party') and quarter = 3), '上半年我住院')), 'ok');
select is(tests.run('branch', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, 8)', tests.id('objection'), '核实了')), '403 confirmed_it_oneself');
select is(tests.run('above', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, 8)', tests.id('objection'), '核实了')), 'ok');
select is((select sum(points) from party_score_entries where person_id = tests.id('party') and is_correction), 8.00::numeric);
select is((tests.value('party', 'select party_score(tests.a(), 2026)') ->> 'total')::numeric, 3.06::numeric);

select * from finish();
