select plan(2);

select is(tests.run('party', $$ select erase_me(tests.a(), tests.new()) $$), 'ok');
select is((select count(*)::int from (select 1 from public.pledges where person_id = tests.id('party') union all select 1 from public.identity_cards where person_id = tests.id('party')
  union all select 1 from public.party_memberships where person_id = tests.id('party') union all select 1 from public.party_exemptions where person_id = tests.id('party')
  union all select 1 from public.pledge_notes where pledge_id = tests.id('pledge')) x), 0);

select * from finish();
