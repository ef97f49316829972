select plan(7);

insert into party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.id('branch member'), tests.id('branch'), 'managed', tests.id('party org'), '2000-07-01');
select tests.make_person(tests.a(), 'above', '蒋委员', 1970, 5, 'above');
insert into party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('committee'), 'committee', '甲社区党委');
update party_orgs set parent_id = tests.id('committee') where community_id = tests.a() and id = tests.id('party org');
select tests.make_role(tests.a(), 'above', 'branch_secretary', 'party_org', 'committee');

select is(tests.value('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org'))) ->> 'confirmed', '1');
select is((select count(*)::int from party_quarter_scores where person_id = tests.id('branch')), 0);
select is(tests.run('branch', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org'))), '409 quarter_already_confirmed');
select is(tests.value('above', format('select confirm_quarter(tests.a(), tests.new(), %L, 2026, 1)', tests.id('party org'))) ->> 'confirmed', '1');
select is((select confirmed_by from party_quarter_scores where person_id = tests.id('branch')), tests.id('above'));
select is(tests.run('branch', format('select record_party_review(tests.a(), tests.new(), %L, 2026, %L)', tests.id('branch'), 'excellent')), '403 own_party_record');
select is(tests.run('branch', format('select record_party_remark(tests.a(), tests.new(), %L, %L, %L, %L)', tests.id('branch'), 'praise', '2026-11-01', '好')), '403 own_party_record');

select * from finish();
