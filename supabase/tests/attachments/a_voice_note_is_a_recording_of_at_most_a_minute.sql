select plan(5);

create function tests.upload(p_mime text, p_bytes bytea, p_seconds int) returns text language sql as $$
  select tests.run('resident', format('select upload_attachment(tests.a(), tests.new(), ''voice'', %L, %L, ''谢谢'', %L)', p_mime, encode(p_bytes, 'base64'), p_seconds))
$$;

select is(tests.upload('audio/webm;codecs=opus', '\x1a45dfa3000000000000000000', 60), 'ok');
select is(tests.upload('audio/mp4', '\x00000018' || 'ftypM4A '::bytea || '\x00000000', 5), 'ok');
select is(tests.upload('audio/webm', '\x1a45dfa3000000000000000000', 61), '422 voice_too_long');
select is(tests.upload('audio/webm', 'OggS'::bytea || '\x000000000000000000', 5), '422 attachment_not_what_it_says');
select is(tests.upload('audio/mp4', '\x00000018' || 'ftypM4A '::bytea || '\xa978797a00000000', 5), '422 attachment_has_metadata');

select * from finish();
