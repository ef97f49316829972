select plan(6);

insert into public.consents (community_id, id, person_id, purpose, version, granted_at, given_via)
  values (tests.a(), tests.id('status'), tests.id('party'), 'political_status', 'roster', private.now(), 'paper');
select is(tests.value('branch', 'select list_posts(tests.a())') -> 0 ->> 'name', '吴党员');
select is(tests.value('resident', 'select list_posts(tests.a())') -> 0 ->> 'name', '吴*员', 'masked until the holder agrees');
select is(tests.value('resident', 'select list_posts(tests.a())') -> 0 -> 'person_id', 'null'::jsonb);
select is(tests.value('party', 'select count(*) from public.party_posts')::int, 1, 'the table: one''s own');
select is(tests.value('resident', 'select count(*) from public.party_posts')::int, 0, 'and no neighbour''s');
select is(tests.value('worker', 'select count(*) from public.party_memberships')::int, 0, 'the office without that duty sees no membership');

select * from finish();
