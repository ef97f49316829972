select plan(22);

select tests.at('2026-11-20 10:00');
insert into party_meetings (community_id, id, party_org_id, kind, title, held_on, study_minutes, recorded_by, recorded_at)
  values (tests.a(), tests.id('meeting'), tests.id('party org'), 'theme_day', '清洁家园', '2026-11-05', 60, tests.id('branch'), private.now());
insert into party_attendances (community_id, id, meeting_id, person_id, status, vouched_by) values (tests.a(), tests.new(), tests.id('meeting'), tests.id('party'), 'present', tests.id('branch'));
insert into party_studies (community_id, id, person_id, studied_on, minutes, title, recorded_by, recorded_at)
  values (tests.a(), tests.id('study'), tests.id('party'), '2026-11-06', 60, '自学', tests.id('branch'), private.now());
create function pg_temp.take(p_who text, p_command text, p_name text, p_reason text default '记重了') returns text language sql as $$
  select tests.run(p_who, format('select %I(tests.a(), tests.new(), %L, %L)', p_command, tests.id(p_name), p_reason))
$$;
create function pg_temp.lines() returns text language sql as $$
  select string_agg(distinct f.rule_code, ', ') from private.party_facts(tests.a(), 2026, array[tests.id('party')]) f where f.rule_code not like 'duty%'
$$;

select is(pg_temp.lines(), 'study, theme_day');
select is(tests.value('branch', format('select branch_desk(tests.a(), %L)', tests.id('party org'))) #>> '{studies,0,title}', '自学');
select is(pg_temp.take('party', 'withdraw_party_meeting', 'meeting'), '404 meeting_unknown');
select is(pg_temp.take('branch', 'withdraw_party_meeting', 'meeting', ' '), '400 field_required');
select is(pg_temp.take('branch', 'withdraw_party_meeting', 'meeting'), 'ok');
select is(pg_temp.lines(), 'study', 'the meeting counts for nobody any more');
select is(pg_temp.take('branch', 'withdraw_party_meeting', 'meeting'), '409 remark_already_withdrawn');
select is(tests.run('branch', format('select record_party_meeting(tests.a(), tests.new(), %L, %L)', tests.id('meeting'), jsonb_build_object('party_org_id', tests.id('party org'), 'kind', 'theme_day',
  'title', '清洁家园', 'held_on', '2026-11-05', 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'))))), '404 meeting_unknown');
select is((select count(*)::int from party_attendances where meeting_id = tests.id('meeting')), 1, 'its list stays');
select is(tests.value('party', 'select my_party_life(tests.a(), 2026)') -> 'meetings', '[]');

select is(pg_temp.take('party', 'withdraw_study', 'study'), '404 remark_unknown', 'never by oneself');
select is(pg_temp.take('colleague', 'withdraw_study', 'study'), '404 remark_unknown') from (select tests.make_person(tests.a(), 'colleague', '邓同志', 1970, 5, 'colleague')) p;
select is(pg_temp.take('branch', 'withdraw_study', 'study'), 'ok');
select is(pg_temp.lines(), null);
select results_eq($$ select withdrawn_by, withdrawn_reason from party_studies where id = tests.id('study') $$, $$ values (tests.id('branch'), '记重了') $$);

update party_memberships set kind = 'in_service' where person_id = tests.id('party') and community_id = tests.a();
select tests.run('branch', format('select record_home_proof(tests.a(), tests.new(), %L, 2026, 50)', tests.id('party')));
select is(tests.value('party', 'select party_score(tests.a(), 2026)') #>> '{proof,points}', '50.00');
select is(tests.run('party', format('select withdraw_home_proof(tests.a(), tests.new(), %L, %L)', (select id from party_proofs where person_id = tests.id('party')), '弄错了')), '404 remark_unknown');
select is(tests.run('branch', format('select withdraw_home_proof(tests.a(), tests.new(), %L, %L)', (select id from party_proofs where person_id = tests.id('party')), '弄错了')), 'ok');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') -> 'has_proof', 'false');
select is(tests.run('branch', format('select record_home_proof(tests.a(), tests.new(), %L, 2026, 55)', tests.id('party'))), 'ok', 'another one may come');
select is((select count(*)::int from party_proofs where person_id = tests.id('party') and year = 2026), 2, 'the first stays readable');
select throws_ok($$ update party_studies set withdrawn_reason = null where id = tests.id('study') $$, '23514', null, 'with a reason');

select * from finish();
