select plan(9);

insert into public.party_orgs (community_id, id, kind, name) values (tests.a(), tests.id('second'), 'branch', '二片支部');
update public.party_memberships set group_id = tests.id('party group') where id = tests.id('party membership');
select tests.make_role(tests.a(), 'volunteer2', 'party_group_leader', 'party_org', 'party group');
select tests.make_role(tests.a(), 'volunteer3', 'branch_secretary', 'party_org', 'second');
select is(tests.value('volunteer2', 'select count(*) from public.party_memberships')::int, 1, 'the leader of the group');
select is(tests.value('volunteer3', 'select count(*) from public.party_memberships')::int, 0, 'no secretary of another branch');
select is(tests.run('volunteer3', $$ select branch_members(tests.a(), tests.id('party org')) $$), '403 not_allowed');
select is(tests.run('worker', $$ select branch_members(tests.a(), tests.id('party org')) $$), '403 not_allowed');
select is(tests.value('branch', $$ select branch_members(tests.a(), tests.id('party org')) $$) -> 'members' -> 0 ->> 'name', '吴党员');
select is(jsonb_array_length(tests.value('volunteer2', $$ select branch_members(tests.a(), tests.id('party group')) $$) -> 'members'), 1);
select is(tests.run('branch', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '长期患病') $$), 'ok');
select is(tests.value('volunteer2', $$ select branch_members(tests.a(), tests.id('party group')) $$) -> 'members' -> 0 -> 'exempt' -> 'reason', 'null'::jsonb, 'that somebody is exempt, not why');
select is(tests.value('volunteer2', 'select count(*) from public.party_exemptions')::int, 0);

select * from finish();
