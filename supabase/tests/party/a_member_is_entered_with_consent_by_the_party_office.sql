select plan(8);

select is(tests.run('secretary', $$ select admit_party_member(tests.a(), tests.new(), tests.id('neighbour'), 'managed', tests.id('party org')) $$), '422 paper_consent_required');
select is(tests.run('branch', $$ select admit_party_member(tests.a(), tests.new(), tests.id('neighbour'), 'managed', tests.id('party org'), null, null, null, true) $$), '403 not_allowed');
select is(tests.run('secretary', $$ select admit_party_member(tests.a(), tests.new(), tests.id('minor'), 'managed', tests.id('party org'), null, null, null, true) $$), '422 too_young');
select is(tests.run('secretary', $$ select admit_party_member(tests.a(), tests.new(), tests.id('secretary'), 'managed', tests.id('party org'), null, null, null, true) $$), '403 own_request');
select is(tests.run('secretary', $$ select admit_party_member(tests.a(), tests.id('new one'), tests.id('neighbour'), 'managed', tests.id('party org'), tests.id('party group'), null, '2026-07-01', true) $$), 'ok');
select is((select given_via from public.consents where person_id = tests.id('neighbour') and purpose = 'political_status'), 'paper');
insert into public.staff_posts (community_id, id, person_id, title, business_line, public_name, valid_from)
  values (tests.a(), tests.new(), tests.id('worker'), 'line_worker', 'party_building', '陈社工', '2026-01-01');
select is(tests.run('worker', $$ select end_party_membership(tests.a(), tests.new(), tests.id('neighbour'), 'transferred') $$), 'ok', 'the 党建 line belongs to the party office');
select results_eq($$ select valid_to, end_reason from public.party_memberships where id = tests.id('new one') $$, $$ values (date '2026-11-16', 'transferred') $$);

select * from finish();
