select plan(6);

select is(tests.value('party', 'select count(*) from public.party_org_places')::int, 1);
select is(tests.value('resident', 'select count(*) from public.party_org_places')::int, 0);
select is(tests.value('worker', 'select count(*) from public.party_org_places')::int, 0);
select is((select count(*)::int from jsonb_array_elements(tests.value('resident', 'select party_tree(tests.a())') -> 'orgs') o where o ->> 'address' is not null), 0);
select is((select o ->> 'address' from jsonb_array_elements(tests.value('party', 'select party_tree(tests.a())') -> 'orgs') o where o ->> 'kind' = 'activity_point'), '1号楼101');
select is((select o - 'leaders' -> 'figures' from jsonb_array_elements(tests.value('resident', 'select party_tree(tests.a())') -> 'orgs') o where o ->> 'kind' = 'branch'), 'null'::jsonb,
  'residents learn a number of members, no kinds');

select * from finish();
