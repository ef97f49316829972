select plan(4);

update public.communities set settings = jsonb_set(settings, '{modules}', '{"party_posts": false}') where id = tests.a();
select is(tests.run('branch', $$ select assign_post(tests.a(), tests.new(), tests.id('party'), 'mediator', tests.id('grid1')) $$), '403 module_off');
select is(tests.run('party', $$ select make_pledge(tests.a(), tests.new(), '巡楼', '2026-12-31') $$), '403 module_off');
select is(tests.run('anonymous', $$ select identity_card(tests.a(), 'card') $$), '404 card_unknown');
select is(tests.value('resident', 'select list_posts(tests.a())'), '[]');

select * from finish();
