select plan(19);

select private.notify(tests.a(), tests.id('resident'), 'wish_claim_approved', '{"title":"delivering wish"}', '/wishes/' || tests.id('delivering wish'));
update public.attachments set owner_kind = 'wish', owner_id = tests.id('delivering wish') where id = tests.id('photo');
select is(tests.run('volunteer', 'select read_attachment(tests.a(), tests.id(''photo''))'), 'ok', 'the receiver''s side sees the photo of the lamp');
select is(tests.run('neighbour', 'select withdraw_wish(tests.a(), tests.new(), tests.id(''delivering wish''))'), '404 wish_unknown');
select is(tests.run('grid', 'select withdraw_wish(tests.a(), tests.new(), tests.id(''delivering wish''))'), '404 wish_unknown', 'the collector not any more');
select is(tests.run('volunteer', 'select withdraw_wish(tests.a(), tests.new(), tests.id(''delivering wish''))'), 'ok');
select is((select status || title || body || coalesce(masked_name, '-') || parts_taken from wishes where id = tests.id('delivering wish')), 'withdrawn*-0');
select is((select count(*)::int from wish_private where id = tests.id('delivering wish')), 0);
select is((select count(*)::int from private.attachment_data where attachment_id = tests.id('photo')), 0, 'the bytes, too');
select is(tests.run('volunteer', 'select read_attachment(tests.a(), tests.id(''photo''))'), '404 attachment_unknown');
select is((select count(*)::int from notifications where params ->> 'title' = 'delivering wish'), 0, 'and the messages');
select is((select count(*)::int from notifications where kind = 'wish_withdrawn' and person_id = tests.id('resident') and params = '{}'), 1, 'the donor is told, without a word of it');
select is(tests.run('anonymous', 'select wish_detail(tests.id(''delivering wish''))'), '404 wish_unknown');
select is(tests.run('worker', 'select reveal_wish(tests.a(), tests.new(), tests.id(''delivering wish''), ''看看'')'), '404 wish_unknown');
select is(tests.run('resident', 'select hand_over_card(tests.a(), tests.id(''delivering claim''))'), '404 claim_unknown');
select is(tests.run('worker', 'select withdraw_wish(tests.a(), tests.new(), tests.id(''realized wish''))'), 'ok', 'the office for the receiver, also of a realised one');
select is(tests.value('anonymous', 'select realized_wishes(tests.a())') ->> 'total', '2', 'that it came true still counts');
select is(jsonb_array_length(tests.value('anonymous', 'select realized_wishes(tests.a())') -> 'recent'), 1, 'its words are gone');
select is((select count(*)::int from wish_private where name = '候奶奶' and id in (tests.id('delivering wish'), tests.id('realized wish'))), 0);
update persons set status = 'erased' where community_id = tests.a() and id = tests.id('elder');
select is((select count(*)::int from wish_private where community_id = tests.a()), 0, 'whoever is erased takes all wishes along');
select is((select count(*)::int from wishes where community_id = tests.a() and status <> 'withdrawn'), 0);

select * from finish();
