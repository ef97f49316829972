select plan(18);

select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');
create function pg_temp.review(p_grade text) returns text language sql as $$
  select tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, %L)', tests.id('party'), p_grade))
$$;
create function pg_temp.object(p_who text, p_name text) returns text language sql as $$
  select tests.run(p_who, format('select object_to_score(tests.a(), %L, %L, %L)', tests.id(p_name), (select id from party_year_scores where person_id = tests.id('party')), '评议低了'))
$$;

select tests.at('2027-01-03 10:00');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, %s)', tests.id('party org'), q)) from generate_series(1, 4) q;
select is(pg_temp.review('excellent'), 'ok');
select is((select count(*)::int from notifications where person_id = tests.id('party') and kind = 'party_review_made'), 1, 'the member is told');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') ->> 'grade', 'excellent');
select tests.at('2027-01-20 10:00');
select is(tests.run('branch', format('select close_party_year(tests.a(), tests.new(), %L, 2026)', tests.id('party org'))), 'ok');
select is(pg_temp.review('qualified'), '409 year_is_sealed');
select is(tests.value('party', 'select party_score(tests.a(), 2026)') #> '{closed,may_object}', 'true');

select is(pg_temp.object('branch', 'foreign'), '404 quarter_score_unknown', 'for oneself only');
select is(pg_temp.object('party', 'objection'), 'ok');
select is(pg_temp.object('party', 'once more'), '409 objection_already_open');
select is(tests.value('above', format('select branch_scores(tests.a(), %L, 2026)', tests.id('committee'))) #>> '{objections,0,year}', '2026');
select is(tests.run('branch', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, 2)', tests.id('objection'), '核实了')), '403 confirmed_it_oneself');
select is(tests.run('above', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, 12)', tests.id('objection'), '核实了')), 'ok');
select results_eq($$ select month, points, is_correction from party_score_entries where rule_code = 'decision' $$, $$ values (date '2026-12-01', 12.00, true) $$);
select is((select score from party_year_scores where person_id = tests.id('party')), (tests.value('party', 'select party_score(tests.a(), 2026)') #>> '{closed,score}')::numeric);
select is((tests.value('party', 'select party_score(tests.a(), 2026)') #>> '{closed,score}')::numeric, 3.00, '15 − 12 months without duty');
select is((tests.value('party', 'select party_score(tests.a(), 2026)') #>> '{closed,now}')::numeric, 15.00, 'the correction stands beside it');
select throws_ok($$ update party_objections set year_score_id = quarter_score_id, quarter_score_id = quarter_score_id where id = tests.id('objection'); insert into party_objections (community_id, id, person_id, confirmed_by, text, made_at)
  values (tests.a(), tests.new(), tests.id('party'), tests.id('branch'), '无', private.now()) $$, '23514', null, 'about a quarter or about a year');
select tests.at('2027-02-05 10:00');
select is(pg_temp.object('party', 'late'), '422 score_objection_too_late');

select * from finish();
