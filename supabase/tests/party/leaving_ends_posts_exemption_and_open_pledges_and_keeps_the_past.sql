select plan(5);

select is(tests.run('branch', $$ select exempt_party_member(tests.a(), tests.new(), tests.id('party'), '长期患病') $$), 'ok');
select is(tests.run('branch', $$ select end_party_membership(tests.a(), tests.new(), tests.id('party'), 'transferred') $$), 'ok');
select is((select valid_to from public.party_posts where id = tests.id('party post')), '2026-11-16');
select is((select count(*)::int from public.party_exemptions where person_id = tests.id('party') and valid_to is null), 0);
select is((select status from public.pledges where id = tests.id('pledge')), 'dropped');

select * from finish();
