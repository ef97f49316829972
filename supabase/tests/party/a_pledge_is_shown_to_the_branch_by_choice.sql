select plan(6);

insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from) values
  (tests.a(), tests.new(), tests.id('volunteer2'), 'managed', tests.id('party org'), '2020-01-01');
select is(jsonb_array_length(tests.value('volunteer2', 'select my_party(tests.a())') -> 'branch_pledges'), 0);
select is(tests.value('volunteer2', 'select count(*) from public.pledges')::int, 0);
select is(tests.run('volunteer2', $$ select share_pledge(tests.a(), tests.new(), tests.id('pledge'), true) $$), '404 pledge_unknown');
select is(tests.run('party', $$ select share_pledge(tests.a(), tests.new(), tests.id('pledge'), true) $$), 'ok');
select is(tests.value('volunteer2', 'select my_party(tests.a())') -> 'branch_pledges' -> 0 ->> 'name', '吴党员');
select is(jsonb_array_length(tests.value('resident', 'select my_party(tests.a())') -> 'branch_pledges'), 0, 'no neighbour sees it');

select * from finish();
