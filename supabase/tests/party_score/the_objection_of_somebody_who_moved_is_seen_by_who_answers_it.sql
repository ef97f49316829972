select plan(7);

-- 甲: the branch of today; 吴 moves to another after the quarter was confirmed. 蒋 is above both.
select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
select tests.make_person(tests.a(), 'second', '沈书记', 1970, 5, 'second');
select tests.make_person(tests.a(), 'next', '韩书记', 1970, 5, 'next');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
insert into party_orgs (community_id, id, kind, name, parent_id) values (tests.a(), tests.id('new branch'), 'branch', '二片支部', tests.id('committee'));
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee'), tests.make_role(tests.a(), 'second', 'branch_secretary', 'party_org', 'party org'),
  tests.make_role(tests.a(), 'next', 'branch_secretary', 'party_org', 'new branch');
select tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org')));
select tests.run('party', format('select object_to_score(tests.a(), %L, %L, %L)', tests.id('objection'), (select id from party_quarter_scores where person_id = tests.id('party')), '少记了'));
select is(tests.run('above', format('select move_party_member(tests.a(), tests.new(), %L, %L, %L)', tests.id('party'), 'managed', tests.id('new branch'))), 'ok');

create function pg_temp.seen(p_who text, p_org text) returns jsonb language sql as $$
  select tests.value(p_who, format('select branch_scores(tests.a(), %L, 2026)', tests.id(p_org))) -> 'objections'
$$;
select is(pg_temp.seen('second', 'party org') #>> '{0,name}', '吴党员', 'where it was confirmed it is answered');
select is(pg_temp.seen('second', 'party org') #> '{0,why_not}', 'null');
select is(pg_temp.seen('next', 'new branch') #>> '{0,why_not}', 'answered_in_the_former_branch', 'where it holds up the year it is seen');
select is(tests.run('next', format('select answer_score_objection(tests.a(), tests.new(), %L, %L)', tests.id('objection'), '维持')), '404 objection_unknown');
select is(tests.run('second', format('select answer_score_objection(tests.a(), tests.new(), %L, %L)', tests.id('objection'), '维持')), 'ok');
select is(pg_temp.seen('next', 'new branch'), '[]');

select * from finish();
