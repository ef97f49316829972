select plan(10);

create function private.can_see_test(p_community_id uuid, p_me uuid, p_owner_id uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select p_me = tests.id('neighbour')
$$;
insert into private.attachment_owners (kind, can_see) values ('test', 'can_see_test');
create function tests.read(p_who text) returns text language sql as $$ select tests.run(p_who, 'select read_attachment(tests.a(), tests.id(''photo''))') $$;

select is(tests.read('volunteer'), 'ok');
select is(tests.read('neighbour'), '404 attachment_unknown');
select is(tests.read('secretary'), '404 attachment_unknown', 'not even the office');
select is(tests.read('anonymous'), '42501 permission denied for function read_attachment');
select throws_ok($$select private.claim_attachments(tests.a(), array[tests.id('photo')], 'test', tests.id('owner'), tests.id('neighbour'))$$, 'PT404', 'attachment_unknown');
select private.claim_attachments(tests.a(), array[tests.id('photo')], 'test', tests.id('owner'), tests.id('volunteer'));
select is(tests.read('neighbour'), 'ok');
select is(tests.read('volunteer'), '404 attachment_unknown', 'having uploaded it is no right any more');
select throws_ok($$select private.claim_attachments(tests.a(), array[tests.id('photo')], 'test', tests.id('another'), tests.id('volunteer'))$$, 'PT404', 'attachment_unknown');
select private.delete_attachments(tests.a(), 'test', tests.id('owner'));
select is(tests.read('neighbour'), '404 attachment_unknown');
select is((select count(*)::int from private.attachment_data where attachment_id = tests.id('photo')), 0, 'the bytes are gone, too');

select * from finish();
