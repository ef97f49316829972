select plan(10);

select is(tests.run('secretary', $$ select save_party_org(tests.a(), tests.new(), tests.id('committee'), 'committee', '社区党委') $$), 'ok');
select is(tests.run('secretary', $$ select save_party_org(tests.a(), tests.new(), tests.id('area'), 'area_committee', '区域党委') $$), 'ok', '双党委');
select is(tests.run('secretary', $$ select save_party_org(tests.a(), tests.new(), tests.id('party org'), 'branch', '一片支部', tests.id('committee'), tests.id('grid1'), '2020-07-01') $$), 'ok', 'a branch is placed');
select is(tests.run('secretary', $$ select save_party_org(tests.a(), tests.new(), tests.new(), 'group', '三组', tests.id('committee')) $$), '422 party_level_wrong', 'a group stands under a branch');
select is(tests.run('secretary', $$ select save_party_org(tests.a(), tests.new(), tests.new(), 'group', '一组', tests.id('party org')) $$), '409 name_taken');
select is(tests.run('branch', $$ select save_party_org(tests.a(), tests.new(), tests.id('own point'), 'activity_point', '李家活动点', tests.id('party org'), null, null, '2号楼301') $$), 'ok', 'a branch keeps what is beneath it');
select is(tests.run('branch', $$ select save_party_org(tests.a(), tests.new(), tests.new(), 'branch', '又一支部', tests.id('committee')) $$), '403 not_allowed', 'and founds no branch');
select is(tests.run('secretary', $$ select close_party_org(tests.a(), tests.new(), tests.id('party org')) $$), '409 party_org_in_use');
select is(tests.run('branch', $$ select close_party_org(tests.a(), tests.new(), tests.id('own point')) $$), 'ok');
insert into public.staff_posts (community_id, id, person_id, title, public_name, valid_from) values (tests.a(), tests.new(), tests.id('secretary'), 'director', '褚书记', '2026-01-01');
select is((select l -> 'also' from jsonb_array_elements(tests.value('resident', 'select party_tree(tests.a())') -> 'orgs') o, jsonb_array_elements(o -> 'leaders') l
  where o ->> 'name' = '社区党委' and l ->> 'role' = 'community_secretary'), '["director"]', '一肩挑');

select * from finish();
