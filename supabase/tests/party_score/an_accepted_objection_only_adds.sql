select plan(5);

select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org')));
select tests.run('party', format('select object_to_score(tests.a(), %L, %L, %L)', tests.id('objection'), (select id from party_quarter_scores where person_id = tests.id('party')), '少记了'));
select is(tests.run('above', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, %s)', tests.id('objection'), '核实了', points)), '400 field_invalid', points::text)
  from unnest(array[-30, 0, 0.004, 31]) points;
select is(tests.run('above', format('select answer_score_objection(tests.a(), tests.new(), %L, %L, 0.5)', tests.id('objection'), '核实了')), 'ok');

select * from finish();
