select plan(11);

select is(tests.value('resident', 'select list_posts(tests.a())') -> 0 -> 'name', 'null'::jsonb, 'the post is filled, by whom is not told without the consent');
select is(tests.run('party', $$ select give_consent(tests.a(), tests.new(), 'political_status', '2026-11') $$), 'ok');
select is(tests.value('resident', 'select list_posts(tests.a())') -> 0 ->> 'name', '吴*员');
insert into public.community_checkins (community_id, id, person_id, home_unit, party_org_id, reported_at)
  values (tests.a(), tests.id('party report'), tests.id('party'), '示例厂', tests.id('party org'), private.now());
update public.party_memberships set home_unit = '示例厂' where community_id = tests.a() and person_id = tests.id('party');
select is(tests.run('party', $$ select withdraw_consent(tests.a(), tests.new(), 'political_status') $$), 'ok');
select is(tests.value('resident', 'select list_posts(tests.a())') -> 0 -> 'name', 'null'::jsonb);
select is(tests.value('party', 'select list_posts(tests.a())') -> 0 ->> 'name', '吴*员', 'the holder knows');
select is(tests.value('branch', 'select list_posts(tests.a())') -> 0 ->> 'name', '吴党员', 'and who leads the branch');
select is((select count(*)::int from public.community_checkins where person_id = tests.id('party')), 0, 'the report-in is gone');
select is((select home_unit from public.party_memberships where person_id = tests.id('party')), null, 'the employer too');
select is(tests.run('anonymous', $$ select identity_card(tests.a(), 'card') $$), '404 card_unknown');
select is((select kind from public.notifications where person_id = tests.id('branch') order by created_at desc limit 1), 'party_consent_withdrawn', 'the branch has somebody to talk to');

select * from finish();
