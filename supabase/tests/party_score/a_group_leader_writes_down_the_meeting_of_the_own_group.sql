select plan(7);

insert into party_orgs (community_id, id, kind, name, parent_id) values (tests.a(), tests.id('group'), 'group', '1号楼党小组', tests.id('party org'));
select tests.make_person(tests.a(), 'leading', '蒋组长', 1970, 5, 'leading');
select tests.make_role(tests.a(), 'leading', 'party_group_leader', 'party_org', 'group');
update party_memberships set group_id = tests.id('group') where community_id = tests.a() and person_id = tests.id('party');

select is(tests.value('leading', 'select group_meetings(tests.a())') #>> '{groups,0,name}', '1号楼党小组');
select is(tests.value('leading', 'select group_meetings(tests.a())') #>> '{members,0,person_id}', tests.id('party')::text);
select isnt(tests.value('leading', format('select record_party_meeting(tests.a(), tests.new(), tests.id(%L), %L)', 'group meeting', jsonb_build_object('party_org_id', tests.id('group'), 'kind', 'group_meeting',
  'title', '学习讨论', 'held_on', private.today(), 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'))))) ->> 'id', null);
select is(tests.value('leading', 'select group_meetings(tests.a())') #>> '{meetings,0,title}', '学习讨论');
select is(tests.run('leading', format('select record_party_meeting(tests.a(), tests.new(), tests.new(), %L)', jsonb_build_object('party_org_id', tests.id('party org'), 'kind', 'theme_day',
  'title', '别处的会', 'held_on', private.today(), 'attendance', jsonb_build_array(jsonb_build_object('person_id', tests.id('party'), 'status', 'present'))))), '404 party_org_unknown');
select is(tests.run('leading', 'select branch_desk(tests.a())'), '403 not_allowed');
select is(tests.run('party', 'select group_meetings(tests.a())'), '403 not_allowed');

select * from finish();
