select plan(11);

create function tests.upload(p_kind text, p_mime text, p_bytes bytea, p_seconds int default null) returns text language sql as $$
  select tests.run('resident', format('select upload_attachment(tests.a(), tests.new(), %L, %L, %L, null, %L)', p_kind, p_mime, encode(p_bytes, 'base64'), p_seconds))
$$;

select is(tests.upload('photo', 'image/jpeg', '\xffd8ffda0008010100003f00d2ffd9'), 'ok');
select is(tests.upload('photo', 'image/jpeg', '\xffd8ffe1000a457869660000ffffffda0008010100003f00d2ffd9'), '422 attachment_has_metadata', 'EXIF');
select is(tests.upload('photo', 'image/jpeg', '\xffd8ffe0000400ffffe10006aaaaaaaaffda0008010100003f00d2ffd9'), '422 attachment_has_metadata', 'XMP behind another segment');
select is(tests.upload('photo', 'image/jpeg', '\xffd8ffda0008010100003f00d2ffd9' || 'Exif'::bytea || '\x0000'), '422 attachment_has_metadata', 'behind the picture');
select is(tests.upload('photo', 'image/webp', 'RIFF'::bytea || '\x12000000' || 'WEBPVP8 '::bytea || '\x06000000010203040506'), 'ok');
select is(tests.upload('photo', 'image/webp', 'RIFF'::bytea || '\x20000000' || 'WEBPVP8 '::bytea || '\x06000000010203040506' || 'EXIF'::bytea || '\x0400000001020304'),
  '422 attachment_has_metadata');
select is(tests.upload('photo', 'image/jpeg', '<svg onload="alert(1)">'::bytea), '422 attachment_not_what_it_says');
select is(tests.upload('photo', 'image/svg+xml', '<svg onload="alert(1)">'::bytea), '422 attachment_kind_unknown');
select is(tests.upload('photo', 'image/jpeg', '\xffd8ffda0008' || convert_to(repeat('x', 409700), 'UTF8')), '422 attachment_too_big');
select is(tests.run('resident', $$select upload_attachment(tests.a(), tests.new(), 'photo', 'image/jpeg', '没有')$$), '400 field_invalid');
select is(tests.run('resident', $$select upload_attachment(tests.b(), tests.new(), 'photo', 'image/jpeg', '/9j/2gAIAQEAAD8A0v/Z')$$), '403 not_a_member');

select * from finish();
