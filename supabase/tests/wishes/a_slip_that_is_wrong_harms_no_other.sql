select plan(8);

create temp table answer as select tests.value('grid', format('select submit_wishes(tests.a(), tests.new(), ''冬日行动'', %L)', jsonb_build_array(
  jsonb_build_object('id', tests.id('slip 1'), 'name', '贺奶奶', 'birth_year', 1941, 'kind', 'goods', 'price_yuan', 80, 'wish_for', 'empty_nest', 'title', '毛毯', 'consent_via', 'paper'),
  jsonb_build_object('name', '贺1奶奶', 'kind', 'service', 'wish_for', 'empty_nest', 'title', '修灯', 'consent_via', 'paper'),
  jsonb_build_object('name', '倪爷爷', 'birth_year', 1939, 'kind', 'goods', 'price_yuan', 900, 'wish_for', 'disabled', 'title', '轮椅', 'consent_via', 'paper'),
  jsonb_build_object('name', '倪爷爷', 'kind', 'service', 'wish_for', 'disabled', 'title', '理发', 'birth_year', 1939),
  jsonb_build_object('id', tests.id('slip 1'), 'name', '贺奶奶', 'kind', 'service', 'wish_for', 'empty_nest', 'title', '修灯', 'consent_via', 'paper'),
  '不是'::text,
  jsonb_build_object('name', '倪爷爷', 'kind', 'service', 'wish_for', 'disabled', 'title', '理发', 'draft', true)))) as v;
grant select on answer to public;
select is((select jsonb_path_query_array(v, '$.taken[*].row_no')::text from answer), '[1, 7]');
select is((select jsonb_path_query_array(v, '$.refused[*].reason')::text from answer),
  '["name_invalid", "wish_too_dear", "wish_consent_missing", "wish_already_taken_down", "field_invalid"]');
select is((select count(*)::int from wishes where drive = '冬日行动' and collected_via = 'drive'), 2);
select ok((select v::text from answer) !~ '贺|倪', 'the answer, kept in the audit trail, holds no name');
select is((select count(*)::int from audit_logs where result::text ~ '贺|倪' or detail::text ~ '贺|倪'), 0);
select is(tests.run('resident', 'select submit_wishes(tests.a(), tests.new(), ''冬日行动'', ''[{}]'')'), '403 not_allowed');
select is(tests.run('grid', 'select submit_wishes(tests.a(), tests.new(), ''冬日行动'', ''{}'')'), '400 field_invalid');
select is(tests.value('grid', format('select submit_wish(tests.a(), tests.new(), tests.new(), %L)',
  '{"name":"贺奶奶","birth_year":1941,"kind":"goods","price_yuan":50,"wish_for":"empty_nest","title":"一条毯子","consent_via":"paper"}')) ->> 'similar', '1', 'a second one of the kind is hinted at');

select * from finish();
