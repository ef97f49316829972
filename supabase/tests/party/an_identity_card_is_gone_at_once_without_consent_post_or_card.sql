select plan(12);

select results_eq($$ select k from jsonb_object_keys(tests.value('anonymous', $q$ select identity_card(tests.a(), 'card') $q$)) k order by 1 $$,
  $$ values ('building'), ('community'), ('compound'), ('grid'), ('is_demo'), ('liaison_group'), ('name'), ('post'), ('promise'), ('relay_phone') $$, 'that, and nothing else');
select is(tests.value('anonymous', $$ select identity_card(tests.a(), 'card') $$) ->> 'relay_phone', '010-00000001', 'the community''s number, never a private one');
select is(tests.run('anonymous', $$ select identity_card(tests.b(), 'card') $$), '404 card_unknown');
select is(tests.run('party', $$ select withdraw_consent(tests.a(), tests.new(), 'publish_name') $$), 'ok');
select is(tests.run('anonymous', $$ select identity_card(tests.a(), 'card') $$), '404 card_unknown', 'the consent withdrawn');
select is(tests.run('party', $$ select issue_identity_card(tests.a(), tests.new(), tests.id('party post'), '有事您找我') $$), '422 name_consent_required');
select is(tests.run('party', $$ select give_consent(tests.a(), tests.new(), 'publish_name', '2026-11') $$), 'ok');
select is(tests.run('party', $$ select issue_identity_card(tests.a(), tests.id('again'), tests.id('party post'), '随叫随到') $$), 'ok');
select is(tests.run('anonymous', $$ select identity_card(tests.a(), 'card') $$), '404 card_unknown', 'the former card is void');
select is(tests.run('resident', $$ select issue_identity_card(tests.a(), tests.new(), tests.id('party post'), '我也来') $$), '404 post_unknown');
select is(tests.run('branch', $$ select end_post(tests.a(), tests.new(), tests.id('party post'), '2026-11-15') $$), 'ok');
select is(tests.run('anonymous', format($$ select identity_card(tests.a(), %L) $$, (select token from public.identity_cards where id = tests.id('again')))), '404 card_unknown', 'the post ended');

select * from finish();
