select plan(3);

select tests.make_role(tests.a(), 'volunteer2', 'party_group_leader', 'party_org', 'party group');
select is(tests.run('volunteer2', $$ select settle_pledge(tests.a(), tests.new(), tests.id('pledge'), true) $$), '404 pledge_unknown', 'another group''s');
update public.party_memberships set group_id = tests.id('party group') where id = tests.id('party membership');
select is(jsonb_array_length(tests.value('volunteer2', 'select party_desk(tests.a())') -> 'pledges'), 0, 'nothing waits before it is done or due');
select is(tests.run('volunteer2', $$ select settle_pledge(tests.a(), tests.new(), tests.id('pledge'), true) $$), 'ok');

select * from finish();
