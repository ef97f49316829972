select plan(7);

select is(tests.run('secretary', $$ select begin_roster_import(tests.a(), tests.id('list'), 'party_members', '党员.xlsx', repeat('d', 64), 2, '{"paper_consent": true}') $$), 'ok');
insert into public.party_memberships (community_id, id, person_id, kind, party_org_id, valid_from)
  values (tests.a(), tests.id('secretary membership'), tests.id('secretary'), 'managed', tests.id('party org'), '2000-07-01');
select is(tests.value('secretary', (select format($q$ select import_roster_rows(tests.a(), tests.new(), %L, %L::jsonb) -> 'import' $q$, tests.id('list'), jsonb_agg(jsonb_build_object(
    'row_no', case x.person_id when tests.id('party') then 2 else 3 end, 'name', x.real_name, 'birth', p.birth_year || '-' || lpad(x.birth_month::text, 2, '0'), 'phone', x.phone,
    'party_kind', 'in_service', 'party_org', '二片支部', 'post', case x.person_id when tests.id('secretary') then 'hygienist' end)))
  from public.person_private x join public.persons p on p.community_id = x.community_id and p.id = x.person_id
  where x.community_id = tests.a() and x.person_id in (tests.id('party'), tests.id('secretary')))),
  '{"imported":0,"unchanged":1,"updated":1,"rejected":0}');
select is((select kind from public.party_memberships where person_id = tests.id('party') and valid_to is null), 'in_service');
select is((select valid_to is not null from public.party_posts where id = tests.id('party post')), true, 'whoever moves hands the post back');
select is((select count(*)::int from public.notifications n where n.person_id = tests.id('party') and n.kind = 'party_member_moved'), 1, 'and is told');
select is((select kind from public.party_memberships where person_id = tests.id('secretary') and valid_to is null), 'managed', 'nobody moves oneself by a list');
select is_empty($$ select 1 from public.party_posts where person_id = tests.id('secretary') $$, 'nor gives oneself a post');

select * from finish();
