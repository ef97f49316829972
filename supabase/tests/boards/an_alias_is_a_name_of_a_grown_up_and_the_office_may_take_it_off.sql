select plan(10);
\ir _crowd.sql
select is(tests.run('minor', $$select set_board_consent(tests.a(), tests.new(), 'masked')$$), '422 too_young');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'loud')$$), '400 field_invalid');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias')$$), '400 field_required');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '13800138000')$$), '400 name_invalid', 'no phone as a name');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '一二三四五六七八九十甲乙丙')$$), '400 field_invalid');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '坏名字')$$), 'ok');
select is(tests.run('p2', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), '403 not_allowed');
select is(tests.run('worker', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), 'ok');
select is(split_part(tests.listed('anonymous'), ' ', 1), '1:120:第*号');
select is(tests.run('worker', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), '404 alias_unknown');
select * from finish();
