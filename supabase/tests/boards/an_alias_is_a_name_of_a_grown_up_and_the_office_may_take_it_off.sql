select plan(11);
\ir _crowd.sql
select is(tests.run('minor', $$select set_board_consent(tests.a(), tests.new(), 'masked')$$), '422 too_young');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'loud')$$), '400 field_invalid');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias')$$), '400 field_required');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '13800138000')$$), '400 name_invalid', 'no phone as a name');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '一二三四五六七八九十甲乙丙')$$), '400 field_invalid');
select is(tests.run('p1', $$select set_board_consent(tests.a(), tests.new(), 'alias', '坏名字')$$), 'ok');
select is(tests.run('p2', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), '403 not_allowed');
select is(tests.run('worker', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), 'ok');
select ok(tests.listed('anonymous') not like '%:120:%', 'nobody''s masked name is shown who agreed to an alias only');
select is(tests.value('p1', $$select my_place(tests.a(), 'people_points', '2026-11')$$) ->> 'display', 'hidden');
select is(tests.run('worker', $$select hide_board_alias(tests.a(), tests.new(), '坏名字')$$), '404 alias_unknown');
select * from finish();
