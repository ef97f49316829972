select plan(5);

create function tests.upload() returns text language sql as $$
  select tests.run('resident', $q$select upload_attachment(tests.a(), tests.new(), 'photo', 'image/jpeg', '/9j/2gAIAQEAAD8A0v/Z')$q$)
$$;
create function tests.there() returns int language sql as $$ select count(*)::int from private.attachment_data where attachment_id = tests.id('photo') $$;

select tests.at('2026-11-17 07:59'), tests.upload();
select is(tests.there(), 1);
select tests.at('2026-11-17 08:01'), tests.upload();
select is(tests.there(), 0);
select is(tests.run('volunteer', 'select discard_attachment(tests.b(), tests.new(), tests.id(''b_photo''))'), '403 not_a_member');
select is(tests.run('b_resident', 'select discard_attachment(tests.b(), tests.new(), tests.id(''b_photo''))'), '404 attachment_unknown');
select is(tests.run('b_volunteer', 'select discard_attachment(tests.b(), tests.new(), tests.id(''b_photo''))'), 'ok');

select * from finish();
